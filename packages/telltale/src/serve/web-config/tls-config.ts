import { X509Certificate } from 'node:crypto'
import { dirname, isAbsolute, join } from 'node:path'
import { createSecureContext, type TlsOptions } from 'node:tls'
import { type ClientPolicy, clientPolicies } from './client-policy.js'
import type { Section } from './section.js'
import { cipherSuites, curves, tls13Suites, tlsVersions } from './tls-names.js'

/** How to serve HTTPS, and to whom. */
export interface TlsConfig {
  readonly options: TlsOptions
  readonly policy: ClientPolicy
  /** Subject alternative names of which a client's certificate has to have one; any when there are none. */
  readonly allowedNames: readonly string[]
}

/** Reads what a file or a field has. */
type Material = (key: string) => Buffer | undefined

/** Reads `tls_server_config` and the files that it names; `undefined` where it is empty. */
export function readTls(
  section: Section,
  file: string,
  read: (path: string) => Buffer,
): TlsConfig | undefined {
  const material: Material = (key) => {
    const inline = section.text(key)
    const path = section.text(`${key}_file`)
    if (inline !== undefined && path !== undefined) {
      throw section.fault(key, `expected either this or ${key}_file, got both`)
    }
    if (path === undefined) return inline === undefined ? undefined : Buffer.from(inline)
    try {
      return read(isAbsolute(path) ? path : join(dirname(file), path))
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code)
      throw section.fault(
        `${key}_file`,
        `${path} cannot be read (${code}). Paths start at the folder of this file`,
      )
    }
  }
  const config = {
    options: { ...protocol(section), ...certificates(section, material) },
    ...clients(section),
  }
  section.end()
  if (section.keys.length === 0) return undefined
  return checked(section, config)
}

function protocol(section: Section): TlsOptions {
  const suites = section.someOf('cipher_suites', cipherSuites)
  const groups = section.someOf('curve_preferences', curves)
  const minVersion = section.oneOf('min_version', tlsVersions) ?? 'TLSv1.2'
  const maxVersion = section.oneOf('max_version', tlsVersions) ?? 'TLSv1.3'
  if (minVersion > maxVersion)
    throw section.fault('max_version', `expected ${minVersion} or later, got ${maxVersion}`)
  return {
    minVersion,
    maxVersion,
    honorCipherOrder: section.boolean('prefer_server_cipher_suites') ?? true,
    ...(suites.length > 0 && { ciphers: [...new Set([...suites, ...tls13Suites])].join(':') }),
    ...(groups.length > 0 && { ecdhCurve: groups.join(':') }),
  }
}

function certificates(section: Section, material: Material): TlsOptions {
  const [cert, key, ca] = [material('cert'), material('key'), material('client_ca')]
  if (section.keys.length > 0 && cert === undefined) throw section.fault('cert_file', missing)
  if (section.keys.length > 0 && key === undefined) throw section.fault('key_file', missing)
  if (ca !== undefined) checkAuthority(section, ca)
  return { ...(cert && { cert }), ...(key && { key }), ...(ca && { ca }) }
}

const missing = 'expected a file, got none. TLS needs cert_file and key_file'

function clients(section: Section): {
  readonly policy: ClientPolicy
  readonly allowedNames: readonly string[]
} {
  const policy = section.oneOf('client_auth_type', clientPolicies) ?? clientPolicies.NoClientCert!
  const allowedNames = section.list('client_allowed_sans')
  if (allowedNames.length > 0 && !policy.requires) {
    throw section.fault(
      'client_allowed_sans',
      'expected client_auth_type RequireAnyClientCert or RequireAndVerifyClientCert beside it',
    )
  }
  return { policy, allowedNames }
}

/** Tries the whole of it, so that what does not go together is found before a connection comes. */
function checked(section: Section, { options, policy, allowedNames }: TlsConfig): TlsConfig {
  const hasAuthority = options.ca !== undefined
  if (policy.verifies && !hasAuthority) {
    throw section.fault(
      'client_ca_file',
      'expected the authority of the client certificates, got none; without it every public authority would do',
    )
  }
  if (hasAuthority && !policy.asks) {
    throw section.fault(
      'client_auth_type',
      'expected one that asks for certificates, since there is a client CA',
    )
  }
  try {
    createSecureContext(options)
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code ?? 'unknown reason')
    throw section.fault('', `certificate, key, versions and ciphers cannot be used together (${code})`)
  }
  // Who is refused is told so in an answer, which a cut connection cannot do.
  return {
    options: { ...options, requestCert: policy.asks, rejectUnauthorized: false },
    policy,
    allowedNames,
  }
}

function checkAuthority(section: Section, pem: Buffer): void {
  try {
    new X509Certificate(pem)
  } catch {
    throw section.fault('client_ca_file', 'expected certificates in PEM format')
  }
}
