import { TelltaleError } from '../model/error.js'
import type { LabelPlan, LabelSchema, LabelsByName, LabelsByPosition } from '../model/label-schema.js'
import { planLabels } from '../model/label-schema.js'
import { labelText } from '../model/label-text.js'
import { checkMetricName, type MetricType, shown } from '../model/metric-name.js'
import type { Across } from './across.js'
import type { FamilyOptions } from './family-options.js'
import { defaultHome } from './home.js'
import { checkLabelOption, overLimit, tooManyValues, unknownLabels, wrongValue } from './label-faults.js'
import { RowFamily } from './row-family.js'
import { type KeptSeries, privateSeat, type Series } from './series.js'
import { FEW_LABELS } from './series-index.js'

export type { FamilyOptions } from './family-options.js'
export type { OwnShape } from './row-family.js'
export type { Family } from './sample-line.js'

/** The value of every label of the series that takes what is over the limit. */
export const OVERFLOW = '__overflow__'

const DEFAULT_SERIES_LIMIT = 10_000

/**
 * What the metric types share beside their rows: definition, look-up of series, the limit on them, and removal.
 */
export abstract class LabelledFamily<L extends LabelSchema, S extends Series> extends RowFamily<S> {
  readonly #plan: LabelPlan
  readonly #limit: number
  readonly #count: number
  readonly #name1: string
  readonly #name2: string
  readonly #name3: string
  #own: S | undefined
  #overflow = -1
  #refused: S | undefined

  constructor(type: MetricType, options: Omit<FamilyOptions<L>, 'across'> & { readonly across?: Across }) {
    const home = options.registry ?? defaultHome()
    const name = checkMetricName(options.name, home.names)
    checkLabelOption(name, options)
    const plan = planLabels(name, options.labels)
    super(type, options, plan.names, home)
    this.#plan = plan
    this.#limit = checkLimit(this.name, options.seriesLimit ?? DEFAULT_SERIES_LIMIT)
    this.#count = this.labelNames.length
    ;[this.#name1 = '', this.#name2 = '', this.#name3 = ''] = this.labelNames
  }

  /**
   * The series of these label values, made at first use: a handle to keep in hot code. By name or by position;
   * a missing label is `''`. Values of a wrong type, or outside a closed set, are dropped, counted in
   * `telltale_observations_dropped_total` and warned of once; the handle then records into nothing.
   */
  labels(labels: LabelsByName<L>): S
  // @ts-expect-error It is always a list of label values, which TypeScript does not see in a conditional type.
  labels(...values: LabelsByPosition<L>): S
  // Three parameters, not one list of all: making that would cost each look-up 9 ns.
  labels(first?: unknown, second?: unknown, third?: unknown, ...more: unknown[]): S {
    if (more.length === 0) {
      const found = isLabels(first) ? this.#byName(first) : this.index.byThree(first, second, third)
      if (found !== undefined) return found
    }
    return this.#find(first, second, third, more)
  }

  /** Takes the series of these labels out of the scrape; true when there was one. */
  remove(labels: LabelsByName<L>): boolean
  remove(...values: LabelsByPosition<L>): boolean
  remove(...given: readonly unknown[]): boolean {
    const values = this.#inOrder(given)
    const texts = values === undefined || this.#own ? undefined : this.#texts(values)
    const row = texts === undefined ? -1 : this.index.findTexts(texts)
    if (row < 0) return false
    this.drop(row)
    return true
  }

  /** Takes every series out that has all of these label values; returns how many. Cost: one pass over all. */
  removeMatching(labels: Partial<LabelsByName<L>>): number {
    const wanted = Object.entries(labels).map(([name, value]) => {
      const text = labelText(value)
      return [this.labelNames.indexOf(name), text === undefined ? -1 : this.index.idOf(text)] as const
    })
    if (this.#own !== undefined || wanted.some(([label, id]) => label < 0 || id < 0)) return 0
    return this.dropWhere((row) => wanted.every(([label, id]) => this.index.idAt(row, label) === id))
  }

  /** Takes every series out. A metric without labels keeps its one series, at its initial value. */
  clear(): void {
    if (this.#own !== undefined) this.reset()
    else this.dropWhere(() => true)
  }

  /**
   * The last step of every constructor: registers the complete metric, atomically, then makes the series that are
   * known now: the only one of a metric without labels, or all of a metric whose label values are closed sets.
   */
  protected settle(): void {
    this.openRows()
    this.home.register(this)
    for (const values of knownLabelSets(this.#plan, this.#limit)) this.enter(values, values)
    if (this.#count === 0) this.#own = this.index.handle(0)
  }

  /** Takes out every series that is kept and that `isUnwanted`. */
  protected dropKept(isUnwanted: (series: S) => boolean): void {
    this.dropWhere((row) => isUnwanted(this.index.handle(row)))
  }

  /**
   * Takes a series in again that was kept and taken out; returns it, or the one that stands for its labels by now.
   */
  protected restore(values: readonly string[], series: S & KeptSeries): S {
    const standing = this.index.findTexts(values)
    if (standing >= 0) return this.index.handle(standing)
    if (this.size >= this.#limit) return this.#overflowing()
    this.enter(values, values, series)
    return series
  }

  /** The series of a metric without labels; with labels, the one whose labels are all empty. */
  protected get own(): S {
    return this.#own ?? this.#resolve([])
  }

  /** Finds what was not asked for so before, or makes it, and says what is wrong with what was asked for. */
  #find(first: unknown, second: unknown, third: unknown, more: readonly unknown[]): S {
    return isLabels(first) ? this.#byCheckedName(first) : this.#byPosition([first, second, third, ...more])
  }

  #byPosition(asked: readonly unknown[]): S {
    const count = this.labelNames.length
    if (asked.findLastIndex((value) => value !== undefined) >= count) return this.#tooMany(asked)
    return (count > FEW_LABELS ? this.index.byMore(asked) : undefined) ?? this.#own ?? this.#resolve(asked)
  }

  /** The series of labels that were asked for before. */
  #byName(labels: Readonly<Record<string, unknown>>): S | undefined {
    const found = this.#count > FEW_LABELS ? this.#byManyNames(labels) : this.#byFewNames(labels)
    // A hit has a value for each label, so only more names than labels can mean an unknown one.
    let given = 0
    for (const _name in labels) given++
    return given <= this.#count ? found : undefined
  }

  #byFewNames(labels: Readonly<Record<string, unknown>>): S | undefined {
    // Each has a line of its own: V8 remembers one property name for a line, and in a loop that took twice the time.
    const first = labels[this.#name1]
    const second = this.#count > 1 ? labels[this.#name2] : undefined
    return this.index.byThree(first, second, this.#count > 2 ? labels[this.#name3] : undefined)
  }

  #byManyNames(labels: Readonly<Record<string, unknown>>): S | undefined {
    return this.index.byMore(this.labelNames.map((name) => labels[name]))
  }

  #byCheckedName(labels: Readonly<Record<string, unknown>>): S {
    const names = Object.keys(labels).filter((name) => labels[name] !== undefined)
    const unknown = names.filter((name) => !this.labelNames.includes(name))
    if (unknown.length > 0) {
      this.dropped('label_name', 'TELLTALE_LABEL_NAME', unknownLabels(unknown, this.labelNames))
      return this.#refuse()
    }
    return this.#byPosition(this.#inOrder([labels])!)
  }

  #resolve(asked: readonly unknown[]): S {
    const texts = this.#texts(asked)
    if (texts === undefined) return this.#refuse()
    const row = this.index.findTexts(texts)
    if (row >= 0) {
      this.index.remember(row, texts, asked)
      return this.index.handle(row)
    }
    if (this.size >= this.#limit) return this.#overflowing()
    return this.index.handle(this.enter(texts, asked))
  }

  #texts(values: readonly unknown[]): readonly string[] | undefined {
    const texts: string[] = []
    for (let i = 0; i < this.labelNames.length; i++) {
      const text = labelText(values[i])
      const closed = this.#plan.closed[i]
      if (text === undefined || (closed !== undefined && !closed.has(text))) {
        const detail = wrongValue(this.labelNames[i]!, values[i], closed)
        this.dropped('label_value', 'TELLTALE_LABEL_VALUE', detail)
        return undefined
      }
      texts.push(text)
    }
    return texts
  }

  /** The values asked for, in the order of the labels; `undefined` when there are labels that this metric has not. */
  #inOrder(given: readonly unknown[]): readonly unknown[] | undefined {
    const first = given[0]
    if (typeof first !== 'object' || first === null) {
      return given.length > this.labelNames.length ? undefined : given
    }
    if (Object.keys(first).some((name) => !this.labelNames.includes(name))) return undefined
    const labels = first as Readonly<Record<string, unknown>>
    // What every object inherits, such as `constructor`, is no label value.
    return this.labelNames.map((name) =>
      Object.hasOwn(labels, name) || !(name in Object.prototype) ? labels[name] : undefined,
    )
  }

  protected override drop(row: number): void {
    if (row === this.#overflow) this.#overflow = -1
    super.drop(row)
  }

  #overflowing(): S {
    this.dropped('series_limit', 'TELLTALE_SERIES_LIMIT', overLimit(this.#limit, OVERFLOW))
    if (this.#overflow < 0) {
      const texts = this.labelNames.map(() => OVERFLOW)
      const standing = this.index.findTexts(texts)
      this.#overflow = standing < 0 ? this.enter(texts, texts) : standing
    }
    return this.index.handle(this.#overflow)
  }

  #refuse(): S {
    this.#refused ??= this.createSeries(privateSeat(this.shape.cells, this.shape.words))
    return this.#refused
  }

  #tooMany(given: readonly unknown[]): S {
    this.dropped('label_name', 'TELLTALE_LABEL_NAME', tooManyValues(given, this.labelNames))
    return this.#refuse()
  }
}

function isLabels(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null
}

function checkLimit(metric: string, limit: number): number {
  if (Number.isInteger(limit) && limit > 0) return limit
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `metric "${metric}": got seriesLimit ${shown(limit)}, expected a whole number above 0`,
  )
}

function knownLabelSets(plan: LabelPlan, limit: number): readonly (readonly string[])[] {
  let sets: string[][] = [[]]
  for (const closed of plan.closed) {
    if (closed === undefined) return []
    sets = sets.flatMap((set) => [...closed].map((value) => [...set, value]))
    if (sets.length > limit) return []
  }
  return sets
}
