import { readYaml, type YamlDocument, YamlMap, type YamlNode } from '../yaml-document/index.js'

/** What lint knows how to look at. */
export const documentKinds = ['metrics', 'rules', 'prometheus', 'alertmanager', 'dashboard'] as const

export type DocumentKind = (typeof documentKinds)[number]

/** What a file is, and its content where that had to be read to know. */
export interface Recognised {
  readonly kind: DocumentKind
  readonly yaml?: YamlDocument
  /** The part that is of this kind: what is around it belongs to Kubernetes or to the API of Grafana. */
  readonly root?: YamlNode | undefined
}

const fieldsOf: readonly (readonly [kind: DocumentKind, fields: readonly string[]])[] = [
  ['rules', ['groups']],
  ['alertmanager', ['route', 'receivers', 'inhibit_rules']],
  ['prometheus', ['scrape_configs', 'rule_files', 'alerting', 'remote_write', 'remote_read', 'global']],
  ['dashboard', ['panels', 'templating', 'schemaVersion', 'rows']],
]

const endings: Readonly<Record<string, 'yaml' | 'json' | 'metrics'>> = {
  yml: 'yaml',
  yaml: 'yaml',
  rules: 'yaml',
  json: 'json',
  prom: 'metrics',
  metrics: 'metrics',
  om: 'metrics',
  openmetrics: 'metrics',
  pb: 'metrics',
  txt: 'metrics',
}

/** Whether a file in a folder is one that lint may read, by its name. */
export function isCandidate(name: string): boolean {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(endings, ending) && ending !== 'txt'
}

/** What a file is, by its name and its content; undefined when it is nothing that lint knows. */
export function recognise(
  name: string,
  bytes: Uint8Array,
  as: DocumentKind | undefined,
): Recognised | undefined {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const form = Object.hasOwn(endings, ending) ? endings[ending] : undefined
  if (as === 'metrics' || (as === undefined && form === 'metrics')) return { kind: 'metrics' }
  const text = new TextDecoder().decode(bytes)
  if (as === undefined && form === undefined && !looksLikeYaml(text)) return { kind: 'metrics' }
  const yaml = readYaml(text)
  if (as !== undefined) return { kind: as, yaml, root: innerRoot(yaml.root) }
  if (yaml.root === undefined) return recogniseBroken(text, yaml)
  const root = innerRoot(yaml.root)
  const kind = kindOf(root)
  return kind === undefined ? undefined : { kind, yaml, root }
}

function looksLikeYaml(text: string): boolean {
  return (
    /^\s*[{[]/.test(text) ||
    fieldsOf.some(([, fields]) => new RegExp(`^(?:${fields.join('|')}):`, 'm').test(text))
  )
}

function kindOf(root: YamlNode | undefined): DocumentKind | undefined {
  // Unit tests of rules name rule files too.
  if (!(root instanceof YamlMap) || root.entry('tests') !== undefined) return undefined
  return fieldsOf.find(([, fields]) => fields.some((field) => root.entry(field) !== undefined))?.[0]
}

/** A file that cannot be read is of the kind whose fields stand at the beginning of its lines. */
function recogniseBroken(text: string, yaml: YamlDocument): Recognised | undefined {
  if (/^\s*\{/.test(text))
    return /"(?:panels|templating|schemaVersion)"/.test(text) ? { kind: 'dashboard', yaml } : undefined
  const kind = fieldsOf.find(([, fields]) => new RegExp(`^(?:${fields.join('|')}):`, 'm').test(text))?.[0]
  return kind === undefined ? undefined : { kind, yaml }
}

function innerRoot(root: YamlNode | undefined): YamlNode | undefined {
  if (!(root instanceof YamlMap)) return root
  if (root.text('kind') === 'PrometheusRule') return root.map('spec') ?? root
  const dashboard = root.map('dashboard')
  return dashboard !== undefined && root.entry('panels') === undefined ? dashboard : root
}
