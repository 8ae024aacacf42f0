import { TelltaleError } from '../model/error.js'
import type { ErrorCode } from '../model/error-code.js'
import type { LabelPlan, LabelSchema, LabelsByName, LabelsByPosition } from '../model/label-schema.js'
import { planLabels } from '../model/label-schema.js'
import { labelText } from '../model/label-text.js'
import { checkHelp, checkLabelNames, checkMetricName, type MetricType, shown } from '../model/metric-name.js'
import { checkUnit } from '../model/unit.js'
import { type Across, checkAcross } from './across.js'
import type { CellLayout } from './cell-layout.js'
import { CreationTimes } from './creation-times.js'
import type { DropReason } from './drop-reason.js'
import type { ExemplarSampler } from './exemplar-sampler.js'
import type { ExemplarPlan } from './exemplar-slots.js'
import { ExemplarStore } from './exemplar-store.js'
import { defaultHome, type Home } from './home.js'
import { LabelTree } from './label-tree.js'
import type { LineShape, SeriesRange, Sink } from './sample-line.js'
import type { Series } from './series.js'
import type { CellFamily } from './series-watcher.js'
import type { Cells } from './slab.js'

export type { Family } from './sample-line.js'

/** The value of every label of the series that takes what is over the limit. */
export const OVERFLOW = '__overflow__'

const DEFAULT_SERIES_LIMIT = 10_000

/** What every metric is defined by. */
export interface FamilyOptions<L extends LabelSchema> {
  /** For example `http_requests_total`. */
  readonly name: string
  /** One sentence that says what is measured. */
  readonly help: string
  /** The base unit that the name ends in (before `_total`), such as `seconds` or `bytes`; OpenMetrics states it. */
  readonly unit?: string
  /**
   * How the values of several processes become one where a group of processes is scraped as one: `sum` (the default)
   * adds them up, `all` shows those of each process, with its number in the label `worker`.
   */
  readonly across?: 'sum' | 'all'
  /** Label names in order, or names with the values that each may take. */
  readonly labels?: L
  /** Where the metric lives; the default registry of the process when left out. */
  readonly registry?: Home
  /** How many series there may be, 10,000 by default; what is beyond goes to one overflow series. */
  readonly seriesLimit?: number
}

/**
 * What the metric types share: definition, look-up of series, the limit on them, removal and reset. A type adds
 * its lines and its series.
 */
export abstract class LabelledFamily<L extends LabelSchema, S extends Series> implements CellFamily {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly unit: string | undefined
  readonly across: Across | undefined
  readonly labelNames: readonly string[]
  abstract readonly lines: readonly LineShape[]
  /** @internal */
  exemplars: ExemplarStore<Series> | undefined
  protected readonly home: Home
  readonly #plan: LabelPlan
  readonly #limit: number
  readonly #tree: LabelTree<S>
  readonly #series: S[] = []
  readonly #created: CreationTimes<S> | undefined
  #own: S | undefined
  #overflow: S | undefined
  #refused: S | undefined

  constructor(type: MetricType, options: Omit<FamilyOptions<L>, 'across'> & { readonly across?: Across }) {
    this.home = options.registry ?? defaultHome()
    this.name = checkMetricName(options.name, this.home.names)
    this.help = checkHelp(this.name, options.help)
    this.type = type
    this.unit = checkUnit(this.name, options.unit)
    this.across = checkAcross(this.name, type, options.across)
    this.#plan = planLabels(this.name, options.labels)
    this.labelNames = this.#plan.names
    checkLabelNames(this.name, this.labelNames, type, this.home.names)
    this.#limit = checkLimit(this.name, options.seriesLimit ?? DEFAULT_SERIES_LIMIT)
    this.#tree = new LabelTree(this.labelNames.length)
    if (this.home.createdTimes && type !== 'gauge') this.#created = new CreationTimes(this.home.clock)
  }

  get size(): number {
    return this.#series.length
  }

  /** @internal */
  get layout(): CellLayout | undefined {
    return undefined
  }

  /** @internal */
  get series(): readonly S[] {
    return this.#series
  }

  /** @internal */
  beganAt(series: S): number | undefined {
    return this.#created?.of(series)
  }

  /**
   * The series of these label values, made at first use: a handle to keep in hot code. By name or by position;
   * a missing label is `''`. Values of a wrong type, or outside a closed set, are dropped, counted in
   * `telltale_observations_dropped_total` and warned of once; the handle then records into nothing.
   */
  labels(labels: LabelsByName<L>): S
  labels(...values: LabelsByPosition<L>): S
  labels(...given: readonly unknown[]): S {
    const first = given[0]
    if (typeof first === 'object' && first !== null) {
      return this.#byName(first as Readonly<Record<string, unknown>>)
    }
    if (given.length > this.labelNames.length) return this.#tooMany(given)
    if (this.#own !== undefined) return this.#own
    return this.#tree.findByPosition(given) ?? this.#resolve(given)
  }

  /** Takes the series of these labels out of the scrape; true when there was one. */
  remove(labels: LabelsByName<L>): boolean
  remove(...values: LabelsByPosition<L>): boolean
  remove(...given: readonly unknown[]): boolean {
    const values = this.#inOrder(given)
    const texts = values === undefined || this.#own ? undefined : this.#texts(values)
    const series = texts === undefined ? undefined : this.#tree.findByPosition(texts)
    if (series === undefined) return false
    this.#drop(series)
    return true
  }

  /** Takes every series out that has all of these label values; returns how many. Cost: one pass over all. */
  removeMatching(labels: Partial<LabelsByName<L>>): number {
    const wanted = Object.entries(labels).map(
      ([name, value]) => [this.labelNames.indexOf(name), labelText(value)] as const,
    )
    if (this.#own !== undefined || wanted.some(([at, text]) => at < 0 || text === undefined)) return 0
    return this.dropWhere((series) => wanted.every(([at, text]) => series.values[at] === text))
  }

  /** Takes every series out. A metric without labels keeps its one series, at its initial value. */
  clear(): void {
    if (this.#own !== undefined) this.reset()
    else for (const series of [...this.#series]) this.#drop(series)
  }

  reset(): void {
    this.exemplars?.clear()
    for (const series of this.#series) {
      series.reset()
      this.#begin(series)
    }
  }

  emit(sink: Sink, from: number, to: number): void {
    this.#emit(this.#series, sink, from, to)
  }

  snapshot(): SeriesRange {
    const all = this.#series.slice()
    return { size: all.length, emit: (sink, from, to) => this.#emit(all, sink, from, to) }
  }

  /** Makes a series. Called once for each label set. */
  protected abstract createSeries(values: readonly string[]): S

  /** Makes a series whose cells nobody scrapes. */
  protected abstract createRefused(values: readonly string[]): S

  /**
   * The last step of every constructor: registers the complete metric, atomically, then makes the series that are
   * known now: the only one of a metric without labels, or all of a metric whose label values are closed sets.
   */
  protected settle(): void {
    this.home.register(this)
    for (const values of knownLabelSets(this.#plan, this.#limit)) this.#add(values, [])
    if (this.labelNames.length === 0) this.#own = this.#series[0]
  }

  /** Takes out every series that `isUnwanted`; returns how many. */
  protected dropWhere(isUnwanted: (series: S) => boolean): number {
    const unwanted = this.#series.filter(isUnwanted)
    for (const series of unwanted) this.#drop(series)
    return unwanted.length
  }

  /**
   * Takes a series in again that was taken out, after `prepare` has given it cells; returns it, or the one that stands
   * for its labels by now.
   */
  protected restore(series: S, prepare: () => void): S {
    const standing = this.#tree.findByPosition(series.values)
    if (standing !== undefined) return standing
    if (this.#series.length >= this.#limit) return this.#overflowing()
    prepare()
    return this.#enter(series, [])
  }

  /** The series of a metric without labels; with labels, the one whose labels are all empty. */
  protected get own(): S {
    return this.#own ?? this.#resolve([])
  }

  sampleExemplars(sampler: ExemplarSampler | undefined): void {
    const plan = this.exemplarPlan
    this.exemplars = sampler && plan && new ExemplarStore(this.name, sampler, plan)
    for (const series of this.#series) series.takeExemplars(this.exemplars)
  }

  /** How many exemplars a series has; none when left out. */
  protected get exemplarPlan(): ExemplarPlan | undefined {
    return undefined
  }

  /** @internal */
  dropped(reason: DropReason, code: ErrorCode, detail: string): void {
    this.home.dropped(this.name, reason, code, `metric "${this.name}": ${detail}`)
  }

  /** @internal */
  restarted(series: S): void {
    this.exemplars?.forget(series)
    if (series.position >= 0) this.#begin(series)
  }

  /** @internal */
  free(cells: Cells, length: number): void {
    this.home.slab.free(cells, length)
  }

  /** Writes those of a list of series that are still there. */
  #emit(list: readonly S[], sink: Sink, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const series = list[i]!
      if (series.position < 0) continue
      series.emit(sink)
      if (this.#created !== undefined) sink.created?.(series, this.#created.of(series)!)
    }
  }

  #byName(labels: Readonly<Record<string, unknown>>): S {
    const found = this.#own ?? this.#tree.findByName(this.labelNames, labels)
    // A hit has a value for each label, so only more names than labels can mean an unknown one.
    let given = 0
    for (const _name in labels) given++
    if (found !== undefined && given <= this.labelNames.length) return found
    const names = Object.keys(labels).filter((name) => labels[name] !== undefined)
    if (names.some((name) => !this.labelNames.includes(name))) return this.#unknownName(labels)
    return found ?? this.#resolve(this.labelNames.map((name) => labels[name]))
  }

  #resolve(asked: readonly unknown[]): S {
    const texts = this.#texts(asked)
    if (texts === undefined) return this.#refuse()
    const series = this.#tree.findByPosition(texts)
    if (series !== undefined) {
      this.#tree.add(series, asked)
      return series
    }
    if (this.#series.length >= this.#limit) return this.#overflowing()
    return this.#add(texts, asked)
  }

  #texts(values: readonly unknown[]): readonly string[] | undefined {
    // Made at its length: one that grows by push would keep room for 17 values with every series.
    const texts = new Array<string>(this.labelNames.length)
    for (let i = 0; i < this.labelNames.length; i++) {
      const text = labelText(values[i])
      const closed = this.#plan.closed[i]
      if (text === undefined || (closed !== undefined && !closed.has(text))) {
        this.#wrongValue(this.labelNames[i]!, values[i], closed)
        return undefined
      }
      texts[i] = text
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
    return this.labelNames.map((name) => (first as Readonly<Record<string, unknown>>)[name])
  }

  #add(values: readonly string[], asked: readonly unknown[]): S {
    return this.#enter(this.createSeries(values), asked)
  }

  #enter(series: S, asked: readonly unknown[]): S {
    series.position = this.#series.push(series) - 1
    this.#created?.begin(series)
    if (this.labelNames.length > 0) this.#tree.add(series, asked)
    this.home.watcher?.seriesEntered(this, series)
    return series
  }

  #begin(series: S): void {
    if (this.#created === undefined) return
    this.#created.begin(series)
    this.home.watcher?.seriesBegan(this, series)
  }

  #drop(series: S): void {
    const moved = this.#series.pop()!
    if (moved !== series) {
      this.#series[series.position] = moved
      moved.position = series.position
    }
    if (series === this.#overflow) this.#overflow = undefined
    this.#tree.delete(series)
    this.#created?.end(series)
    this.exemplars?.forget(series)
    this.home.watcher?.seriesLeft(this, series)
    series.position = -1
    series.release()
  }

  #overflowing(): S {
    this.dropped(
      'series_limit',
      'TELLTALE_SERIES_LIMIT',
      `got one more label set than its limit of ${this.#limit} series; what is beyond goes to one series with ` +
        `every label "${OVERFLOW}". Remove the label that has no bound (an id, a raw path, a message), or raise seriesLimit`,
    )
    if (this.#overflow === undefined) {
      const values = this.labelNames.map(() => OVERFLOW)
      this.#overflow = this.#tree.findByPosition(values) ?? this.#add(values, [])
    }
    return this.#overflow
  }

  #refuse(): S {
    this.#refused ??= this.createRefused(this.labelNames.map(() => ''))
    return this.#refused
  }

  #wrongValue(label: string, value: unknown, closed: ReadonlySet<string> | undefined): void {
    const expected = closed === undefined ? 'a text, a number or a boolean' : `one of ${shown([...closed])}`
    const detail = `label "${label}" got ${shown(value)}, expected ${expected}`
    this.dropped('label_value', 'TELLTALE_LABEL_VALUE', detail)
  }

  #unknownName(labels: Readonly<Record<string, unknown>>): S {
    const unknown = Object.keys(labels).filter((name) => !this.labelNames.includes(name))
    this.dropped(
      'label_name',
      'TELLTALE_LABEL_NAME',
      `got the labels ${shown(unknown)}, which it was not defined with; expected ${shown(this.labelNames)}`,
    )
    return this.#refuse()
  }

  #tooMany(given: readonly unknown[]): S {
    this.dropped(
      'label_name',
      'TELLTALE_LABEL_NAME',
      `got ${given.length} label values (${given.map(shown).join(', ')}) for ${this.labelNames.length} labels ` +
        `(${this.labelNames.join(', ')})`,
    )
    return this.#refuse()
  }
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
