import type { Finding } from '../../finding/index.js'
import type { LintSettings } from '../subject.js'
import type { ConfigPart } from './config-place.js'

const secrets: readonly (readonly [part: string | undefined, field: string, file: string])[] = [
  [undefined, 'bearer_token', 'bearer_token_file'],
  ['basic_auth', 'password', 'password_file'],
  ['authorization', 'credentials', 'credentials_file'],
  ['oauth2', 'client_secret', 'client_secret_file'],
]

/** What is wrong with how a part of a configuration calls over HTTP. */
export function httpClientFindings(
  part: ConfigPart,
  settings: LintSettings,
  file: string,
): readonly Finding[] {
  return [
    ...authenticationFindings(part),
    ...secretFindings(part),
    ...tlsFindings(part),
    ...fileFindings(part, settings, file),
  ]
}

function authenticationFindings(part: ConfigPart): readonly Finding[] {
  const ways = [
    'basic_auth',
    'authorization',
    'oauth2',
    'bearer_token',
    'bearer_token_file',
    'sigv4',
    'azuread',
  ].filter((name) => part.node.get(name) !== undefined)
  const findings =
    ways.length < 2 ? [] : [part.finding('config/two-authentications', ways[1]!, { fields: ways.join(', ') })]
  for (const [inner, field, fileField] of secrets) {
    const where = inner === undefined ? part : part.part(inner)
    if (
      inner === undefined ||
      where?.node.get(field) === undefined ||
      where.node.get(fileField) === undefined
    )
      continue
    findings.push(
      where.finding('config/two-authentications', fileField, { fields: `${field}, ${fileField}` }),
    )
  }
  if (part.node.map('authorization')?.text('type')?.toLowerCase() === 'basic') {
    findings.push(
      part.finding('config/two-authentications', 'authorization', { fields: 'authorization, type: Basic' }),
    )
  }
  return findings
}

function secretFindings(part: ConfigPart): readonly Finding[] {
  return secrets.flatMap(([inner, field, suggestion]) => {
    const where = inner === undefined ? part : part.part(inner)
    const value = where?.node.text(field)
    // A hidden value is one that Prometheus itself has printed.
    if (where === undefined || value === undefined || value === '' || value === '<secret>') return []
    return [where.finding('config/inline-secret', field, { field, suggestion }, { subject: field })]
  })
}

function tlsFindings(part: ConfigPart): readonly Finding[] {
  const tls = part.part('tls_config')
  if (tls === undefined) return []
  const [certificate, key] = [
    tls.node.get('cert_file') ?? tls.node.get('cert'),
    tls.node.get('key_file') ?? tls.node.get('key'),
  ]
  if ((certificate === undefined) === (key === undefined)) return []
  const [got, expected] = certificate === undefined ? ['key_file', 'cert_file'] : ['cert_file', 'key_file']
  return [tls.finding('config/tls-pair', got, { got, expected })]
}

function fileFindings(part: ConfigPart, settings: LintSettings, from: string): readonly Finding[] {
  const named: readonly (readonly [string | undefined, string])[] = [
    ...secrets.map(([inner, , field]) => [inner, field] as const),
    ['tls_config', 'ca_file'],
    ['tls_config', 'cert_file'],
    ['tls_config', 'key_file'],
  ]
  return named.flatMap(([inner, field]) => {
    const where = inner === undefined ? part : part.part(inner)
    const file = where?.node.text(field)
    if (where === undefined || file === undefined || file === '') return []
    if (settings.exists(file, from) !== false) return []
    return [where.finding('config/file-missing', field, { field, file }, { subject: field })]
  })
}
