import { type Inconsistency, inconsistencies } from '../parse/consistency.js'
import type { ExpositionType, ParsedFamily, ParsedNative, ParsedSample } from '../parse/exposition-model.js'

/** How one label of a family is used. */
export interface LabelUse {
  /** How many samples have it. */
  samples: number
  /** Each of its values, with the line where it is first. */
  readonly values: Map<string, number>
}

/** A family with what several rules need to know of it, worked out when first asked for. */
export class LintedFamily implements ParsedFamily {
  readonly name: string
  readonly type: ExpositionType
  readonly help: string | undefined
  readonly unit: string | undefined
  readonly samples: readonly ParsedSample[]
  readonly natives: readonly ParsedNative[]
  readonly line: number
  #labels: ReadonlyMap<string, LabelUse> | undefined
  #inconsistencies: readonly Inconsistency[] | undefined

  constructor({ name, type, help, unit, samples, natives, line }: ParsedFamily) {
    this.name = name
    this.type = type
    this.help = help
    this.unit = unit
    this.samples = samples
    this.natives = natives
    this.line = line
  }

  /** The label that the type itself writes: `le`, `quantile`, or a state set's name. */
  get ownLabel(): string | undefined {
    if (this.isHistogram) return 'le'
    if (this.type === 'summary') return 'quantile'
    return this.type === 'stateset' ? this.name : undefined
  }

  get isHistogram(): boolean {
    return this.type === 'histogram' || this.type === 'gaugehistogram'
  }

  /** True for metrics that are there for their labels: a version, a commit. */
  get isInfo(): boolean {
    return this.type === 'info' || (this.type === 'gauge' && this.name.endsWith('_info'))
  }

  /** Every label but the type's own one, and how it is used. */
  get labels(): ReadonlyMap<string, LabelUse> {
    this.#labels ??= labelUse(this.samples, this.ownLabel)
    return this.#labels
  }

  /** Series given twice, and buckets and quantiles that do not add up. */
  get inconsistencies(): readonly Inconsistency[] {
    this.#inconsistencies ??= [...inconsistencies(this)]
    return this.#inconsistencies
  }

  /** How many series there are, where a histogram's buckets, sum and count are one. */
  get series(): number {
    const counted = this.type === 'gaugehistogram' ? '_gcount' : '_count'
    if (this.isHistogram || this.type === 'summary') return this.#samplesNamed(this.name + counted)
    return this.#samplesNamed(this.name)
  }

  #samplesNamed(name: string): number {
    let count = 0
    for (const sample of this.samples) if (sample.name === name) count++
    return count
  }
}

function labelUse(samples: readonly ParsedSample[], own: string | undefined): ReadonlyMap<string, LabelUse> {
  const uses = new Map<string, LabelUse>()
  for (const { labels, line } of samples) {
    for (const name in labels) {
      if (name === own) continue
      let use = uses.get(name)
      if (use === undefined) {
        use = { samples: 0, values: new Map() }
        uses.set(name, use)
      }
      use.samples++
      if (!use.values.has(labels[name]!)) use.values.set(labels[name]!, line)
    }
  }
  return uses
}
