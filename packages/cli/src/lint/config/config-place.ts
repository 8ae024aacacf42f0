import type { Finding, FindingOptions } from '../../finding/index.js'
import type { YamlMap, YamlPlace } from '../../yaml-document/index.js'
import { lintChecks } from '../lint-checks.js'
import type { Subject } from '../subject.js'

type Id = Parameters<typeof lintChecks.finding>[0]

/** A part of a configuration, which knows how to say where something is wrong in it. */
export class ConfigPart {
  readonly node: YamlMap
  /** As in `scrape_configs[1] (shop)`. */
  readonly within: string
  readonly #subject: Subject

  constructor(node: YamlMap, within: string, subject: Subject) {
    this.node = node
    this.within = within
    this.#subject = subject
  }

  /** The mapping behind a key, as a part. */
  part(key: string): ConfigPart | undefined {
    const node = this.node.map(key)
    return node === undefined ? undefined : new ConfigPart(node, this.#join(key), this.#subject)
  }

  /** The mappings in the list behind a key, as parts; `title` names them better than their number. */
  parts(key: string, title: (node: YamlMap) => string | undefined = () => undefined): readonly ConfigPart[] {
    return this.node.list(key).flatMap((node, index) => {
      if (node.kind !== 'map') return []
      const name = title(node)
      const within = this.#join(name === undefined ? `${key}[${index}]` : `${key} ${name}`)
      return [new ConfigPart(node, within, this.#subject)]
    })
  }

  /** A finding at the key of a field, or at the part itself. */
  finding<Check extends Id>(
    id: Check,
    field: string,
    values: Parameters<typeof lintChecks.finding<Check>>[2],
    options: FindingOptions = {},
  ): Finding {
    return this.findingAt(id, this.node.entry(field)?.place ?? this.node.place, values, options)
  }

  findingAt<Check extends Id>(
    id: Check,
    { line, column }: YamlPlace,
    values: Parameters<typeof lintChecks.finding<Check>>[2],
    options: FindingOptions = {},
  ): Finding {
    const where = this.#subject.at({ line, column, within: this.within === '' ? undefined : this.within })
    return lintChecks.finding(id, where, values, options)
  }

  #join(key: string): string {
    return this.within === '' ? key : `${this.within}.${key}`
  }
}
