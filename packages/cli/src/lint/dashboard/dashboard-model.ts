import type { Finding, FindingOptions } from '../../finding/index.js'
import type { YamlMap, YamlNode, YamlPlace } from '../../yaml-document/index.js'
import { lintChecks } from '../lint-checks.js'
import type { LintSettings, Subject } from '../subject.js'

/** A panel; those in collapsed rows too. */
export interface Panel {
  readonly node: YamlMap
  readonly type: string
  /** As in `panel "Requests"`. */
  readonly within: string
  readonly targets: readonly YamlMap[]
}

export interface Variable {
  readonly node: YamlMap
  readonly name: string
  readonly type: string
}

type Id = Parameters<typeof lintChecks.finding>[0]

/** A classic dashboard of Grafana. */
export class Dashboard {
  readonly root: YamlMap
  readonly settings: LintSettings
  readonly panels: readonly Panel[]
  readonly variables: readonly Variable[]
  readonly subject: Subject

  constructor(root: YamlMap, subject: Subject, settings: LintSettings) {
    this.root = root
    this.subject = subject
    this.settings = settings
    this.panels = [
      ...panelsIn(root.list('panels')),
      ...root.list('rows').flatMap((row) => (row.kind === 'map' ? panelsIn(row.list('panels')) : [])),
    ]
    this.variables = (root.map('templating')?.list('list') ?? []).flatMap((node) =>
      node.kind === 'map' ? [{ node, name: node.text('name') ?? '', type: node.text('type') ?? '' }] : [],
    )
  }

  variable(name: string): Variable | undefined {
    return this.variables.find((variable) => variable.name === name)
  }

  /** A finding at a place; `within` names the panel or the variable. */
  finding<Check extends Id>(
    id: Check,
    { line, column }: YamlPlace,
    within: string | undefined,
    values: Parameters<typeof lintChecks.finding<Check>>[2],
    options: FindingOptions = {},
  ): Finding {
    return lintChecks.finding(id, this.subject.at({ line, column, within }), values, options)
  }
}

function panelsIn(nodes: readonly YamlNode[]): readonly Panel[] {
  return nodes.flatMap((node, index) => {
    if (node.kind !== 'map') return []
    const title = node.text('title')
    const targets = node.list('targets').flatMap((target) => (target.kind === 'map' ? [target] : []))
    const within =
      title === undefined || title === '' ? `panel ${node.text('id') ?? index}` : `panel "${title}"`
    return [{ node, type: node.text('type') ?? '', within, targets }, ...panelsIn(node.list('panels'))]
  })
}

/** What a target is called in a text: by its letter. */
export function targetName(target: YamlMap): string {
  return `query ${target.text('refId') ?? '?'}`
}

/** The place of a field, or of what should have it. */
export function placeOf(node: YamlMap, field: string): YamlPlace {
  return node.entry(field)?.place ?? node.place
}
