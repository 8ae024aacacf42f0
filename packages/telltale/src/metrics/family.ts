import { TelltaleError } from '../model/error.js'
import type { ErrorCode } from '../model/error-code.js'
import type { LabelPlan, LabelSchema, LabelsByName, LabelsByPosition } from '../model/label-schema.js'
import { planLabels } from '../model/label-schema.js'
import { labelText } from '../model/label-text.js'
import { checkHelp, checkLabelNames, checkMetricName, type MetricType, shown } from '../model/metric-name.js'
import { checkUnit } from '../model/unit.js'
import { type CellLayout, cellsOf, emitCells, type SeriesCells, wordsOf } from './cell-layout.js'
import type { DropReason } from './drop-reason.js'
import type { ExemplarSampler } from './exemplar-sampler.js'
import type { ExemplarPlan } from './exemplar-slots.js'
import { ExemplarStore } from './exemplar-store.js'
import { defaultHome, type Home } from './home.js'
import { overLimit, tooManyValues, unknownLabels, wrongValue } from './label-faults.js'
import { LabelTexts } from './label-texts.js'
import { PairNames, RowView } from './row-view.js'
import type { LineShape, SeriesIdentity, SeriesRange, Sink } from './sample-line.js'
import { type KeptSeries, privateSeat, type Seat, type Series } from './series.js'
import { BY_IDS, SeriesIndex } from './series-index.js'
import type { CellFamily } from './series-watcher.js'
import { Slab } from './slab.js'

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
  /** Label names in order, or names with the values that each may take. */
  readonly labels?: L
  /** Where the metric lives; the default registry of the process when left out. */
  readonly registry?: Home
  /** How many series there may be, 10,000 by default; what is beyond goes to one overflow series. */
  readonly seriesLimit?: number
}

/** What each series of a type has beside its labels. */
export interface OwnShape {
  readonly words: number
  readonly cells: number
}

/**
 * What the metric types share: definition, look-up of series, the limit on them, removal and reset. A series is a row
 * of an index: its label values as ids, and its cells. A type adds its lines, the shape of its rows and the handles on
 * them, which are made when they are asked for.
 */
export abstract class LabelledFamily<L extends LabelSchema, S extends Series> implements CellFamily {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly unit: string | undefined
  readonly labelNames: readonly string[]
  abstract readonly lines: readonly LineShape[]
  /** @internal */
  exemplars: ExemplarStore | undefined
  /** @internal Another one after each change that handles have to look at. */
  stamp = 0
  protected readonly home: Home
  readonly #plan: LabelPlan
  readonly #limit: number
  readonly #pairNames: PairNames
  readonly #hasCreated: boolean
  /** The series that are objects, by their row. */
  readonly #kept = new Map<number, S>()
  #isKeeping = false
  #createdAt = 0
  #index!: SeriesIndex<S>
  #own: S | undefined
  #overflow = -1
  #refused: S | undefined

  constructor(type: MetricType, options: FamilyOptions<L>) {
    this.home = options.registry ?? defaultHome()
    this.name = checkMetricName(options.name, this.home.names)
    this.help = checkHelp(this.name, options.help)
    this.type = type
    this.unit = checkUnit(this.name, options.unit)
    this.#plan = planLabels(this.name, options.labels)
    this.labelNames = this.#plan.names
    checkLabelNames(this.name, this.labelNames, type, this.home.names)
    this.#limit = checkLimit(this.name, options.seriesLimit ?? DEFAULT_SERIES_LIMIT)
    this.#pairNames = new PairNames(this.labelNames)
    this.#hasCreated = this.home.createdTimes === true && type !== 'gauge'
  }

  get size(): number {
    return this.#index.table.size
  }

  /** @internal */
  get layout(): CellLayout | undefined {
    return undefined
  }

  /** @internal */
  get slab(): Slab {
    return this.#index.memory.slab
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
    const count = this.labelNames.length
    if (given.length <= count && count <= BY_IDS) {
      const second = given.length > 1 ? given[1] : undefined
      const found = this.#own ?? this.#index.byThree(first, second, given.length > 2 ? given[2] : undefined)
      if (found !== undefined) return found
    }
    // The list of what was given is only read here, so V8 never makes it: that would cost a hit 9 ns.
    const asked: unknown[] = []
    for (let i = 0; i < given.length; i++) asked.push(given[i])
    return this.#byPosition(asked)
  }

  /** Takes the series of these labels out of the scrape; true when there was one. */
  remove(labels: LabelsByName<L>): boolean
  remove(...values: LabelsByPosition<L>): boolean
  remove(...given: readonly unknown[]): boolean {
    const values = this.#inOrder(given)
    const texts = values === undefined || this.#own ? undefined : this.#texts(values)
    const row = texts === undefined ? -1 : this.#index.findTexts(texts)
    if (row < 0) return false
    this.#drop(row)
    return true
  }

  /** Takes every series out that has all of these label values; returns how many. Cost: one pass over all. */
  removeMatching(labels: Partial<LabelsByName<L>>): number {
    const wanted = Object.entries(labels).map(([name, value]) => {
      const text = labelText(value)
      return [this.labelNames.indexOf(name), text === undefined ? -1 : this.#index.idOf(text)] as const
    })
    if (this.#own !== undefined || wanted.some(([label, id]) => label < 0 || id < 0)) return 0
    return this.#dropWhere((row) => wanted.every(([label, id]) => this.#index.idAt(row, label) === id))
  }

  /** Takes every series out. A metric without labels keeps its one series, at its initial value. */
  clear(): void {
    if (this.#own !== undefined) this.reset()
    else this.#dropWhere(() => true)
  }

  reset(): void {
    this.exemplars?.clear()
    for (const row of this.rows) {
      this.resetRow(row)
      this.#begin(row)
    }
  }

  emit(sink: Sink, from: number, to: number): void {
    let passed = 0
    for (const row of this.rows) {
      if (passed >= to) return
      if (passed++ >= from) this.#emitRow(sink, row)
    }
  }

  snapshot(): SeriesRange {
    const { slots, births } = this.#index.table
    return { size: slots, emit: (sink, from, to) => this.#emitSlots(sink, from, to, births) }
  }

  /** Makes a handle on a series; the cells of one that nobody scrapes are in no row. */
  protected abstract createSeries(seat: Seat): S

  /** Whether the series are objects that stay, because they have a state of their own. */
  protected get keepsSeries(): boolean {
    return false
  }

  /** What each row has. */
  protected get shape(): OwnShape {
    const { layout } = this
    return layout === undefined ? { words: 0, cells: 0 } : { words: wordsOf(layout), cells: cellsOf(layout) }
  }

  /** Writes the lines of a series that is no object. */
  protected emitCells(sink: Sink, series: SeriesIdentity & SeriesCells, row: number): void {
    emitCells(this.layout!, sink, series, this.slab, this.exemplars?.of(row))
  }

  /** Frees what a series has beside its row, before that is zeroed. */
  protected freeBeside(_cells: SeriesCells): void {}

  /** Copies what a series has beside its row, which is copied already, into the memory of now. */
  protected moveBeside(_from: Slab, _cells: SeriesCells): void {}

  /**
   * The last step of every constructor: registers the complete metric, atomically, then makes the series that are
   * known now: the only one of a metric without labels, or all of a metric whose label values are closed sets.
   */
  protected settle(): void {
    const { words, cells } = this.shape
    const labels = this.labelNames.length
    this.#isKeeping = this.keepsSeries
    this.#createdAt = cells
    const shape = { labels, words, cells: cells + (this.#hasCreated ? 1 : 0) }
    this.#index = new SeriesIndex(
      this.home,
      shape,
      (row) => this.#kept.get(row) ?? this.createSeries(this.seatOf(row)),
    )
    this.home.register(this)
    for (const values of knownLabelSets(this.#plan, this.#limit)) this.#enter(values, values)
    if (labels === 0) this.#own = this.#index.handle(0)
  }

  /** Takes out every series that is kept and that `isUnwanted`. */
  protected dropKept(isUnwanted: (series: S) => boolean): void {
    this.#dropWhere((row) => isUnwanted(this.#index.handle(row)))
  }

  /**
   * Takes a series in again that was kept and taken out; returns it, or the one that stands for its labels by now.
   */
  protected restore(values: readonly string[], series: S & KeptSeries): S {
    const standing = this.#index.findTexts(values)
    if (standing >= 0) return this.#index.handle(standing)
    if (this.size >= this.#limit) return this.#overflowing()
    this.#enter(values, values, series)
    return series
  }

  /** The series of a metric without labels; with labels, the one whose labels are all empty. */
  protected get own(): S {
    return this.#own ?? this.#resolve([])
  }

  sampleExemplars(sampler: ExemplarSampler | undefined): void {
    const plan = this.exemplarPlan
    this.exemplars = sampler && plan && new ExemplarStore(this.name, sampler, plan)
    this.changed()
  }

  moveOut(slab: Slab): void {
    const before = this.#index
    if (before.memory.slab !== slab) return
    const own = new Slab()
    this.#index = before.copy({ slab: own, texts: new LabelTexts(own) })
    for (const row of this.rows) {
      this.moveBeside(slab, this.cellsOf(row))
      this.#keptSeries(row)?.move?.(own)
    }
    before.release()
    this.changed()
  }

  /** How many exemplars a series has; none when left out. */
  protected get exemplarPlan(): ExemplarPlan | undefined {
    return undefined
  }

  /** @internal */
  get rows(): Iterable<number> {
    return this.#index.table.rows()
  }

  /** @internal */
  birthOf(row: number): number {
    return this.#index.table.birthOf(row)
  }

  /** @internal */
  cellsOf(row: number): SeriesCells {
    return this.seatOf(row)
  }

  /** @internal */
  seatOf(row: number): Seat {
    return this.#index.table.seatOf(row)
  }

  /** @internal */
  valuesOf(row: number): readonly string[] {
    return this.#index.values(row)
  }

  /** @internal */
  beganAt(row: number): number | undefined {
    if (!this.#hasCreated) return undefined
    const { cells, at } = this.seatOf(row)
    return cells[at + this.#createdAt]
  }

  /** @internal */
  changed(): void {
    this.stamp++
  }

  /** @internal */
  dropped(reason: DropReason, code: ErrorCode, detail: string): void {
    this.home.dropped(this.name, reason, code, `metric "${this.name}": ${detail}`)
  }

  /** @internal */
  resetRow(row: number): void {
    this.#zero(row)
    this.#keptSeries(row)?.resetOwn?.()
    this.changed()
  }

  /** @internal */
  restarted(row: number): void {
    this.exemplars?.forget(row)
    this.#zero(row)
    this.#begin(row)
  }

  /** Writes those of the slots that were series already when `births` was the last. */
  #emitSlots(sink: Sink, from: number, to: number, births: number): void {
    const { table } = this.#index
    let last: RowView | undefined
    for (let slot = from; slot < to; slot++) {
      const row = table.rowAt(slot)
      const birth = table.birthOf(row)
      if (birth !== 0 && ((birth - births) | 0) <= 0) last = this.#emitRow(sink, row)
    }
    // The sink may go on with it after what else happens until the next slice.
    last?.settle()
  }

  #emitRow(sink: Sink, row: number): RowView {
    const { table, memory } = this.#index
    const view = new RowView(this.#pairNames, memory.slab, table.chunkOf(row), table.indexOf(row))
    const kept = this.#keptSeries(row)
    if (kept?.emit === undefined) this.emitCells(sink, view, row)
    else kept.emit(sink, view)
    if (this.#hasCreated) sink.created?.(view, this.beganAt(row)!)
    return view
  }

  #byPosition(asked: readonly unknown[]): S {
    const count = this.labelNames.length
    if (asked.length > count) return this.#tooMany(asked)
    return (count > BY_IDS ? this.#index.byMore(asked) : undefined) ?? this.#resolve(asked)
  }

  /**
   * The first three labels have a line of their own each: V8 remembers one property name for a line, and in a loop
   * over the names that took twice the time.
   */
  #byName(labels: Readonly<Record<string, unknown>>): S {
    const names = this.labelNames
    const count = names.length
    let found: S | undefined
    if (count > BY_IDS) found = this.#index.byMore(names.map((name) => labels[name]))
    else if (count > 0) {
      const first = labels[names[0]!]
      const second = count > 1 ? labels[names[1]!] : undefined
      found = this.#index.byThree(first, second, count > 2 ? labels[names[2]!] : undefined)
    }
    // A hit has a value for each label, so only more names than labels can mean an unknown one.
    let given = 0
    for (const _name in labels) given++
    if (found !== undefined && given <= count) return found
    return this.#byCheckedName(labels)
  }

  #byCheckedName(labels: Readonly<Record<string, unknown>>): S {
    const names = Object.keys(labels).filter((name) => labels[name] !== undefined)
    const unknown = names.filter((name) => !this.labelNames.includes(name))
    if (unknown.length > 0) {
      this.dropped('label_name', 'TELLTALE_LABEL_NAME', unknownLabels(unknown, this.labelNames))
      return this.#refuse()
    }
    return this.#own ?? this.#resolve(this.#inOrder([labels])!)
  }

  #resolve(asked: readonly unknown[]): S {
    const texts = this.#texts(asked)
    if (texts === undefined) return this.#refuse()
    const row = this.#index.findTexts(texts)
    if (row >= 0) {
      this.#index.remember(row, texts, asked)
      return this.#index.handle(row)
    }
    if (this.size >= this.#limit) return this.#overflowing()
    return this.#index.handle(this.#enter(texts, asked))
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

  #enter(texts: readonly string[], asked: readonly unknown[], returning?: S & KeptSeries): number {
    const row = this.#index.enter(texts)
    const seat = this.seatOf(row)
    if (this.#hasCreated) seat.cells[seat.at + this.#createdAt] = this.home.clock.wall()
    if (this.#isKeeping) {
      returning?.take?.(seat)
      this.#kept.set(row, returning ?? this.createSeries(seat))
    }
    this.#index.remember(row, texts, asked)
    this.home.watcher?.seriesEntered(this, row)
    return row
  }

  #begin(row: number): void {
    if (!this.#hasCreated) return
    const { cells, at } = this.seatOf(row)
    cells[at + this.#createdAt] = this.home.clock.wall()
    this.home.watcher?.seriesBegan(this, row)
  }

  #drop(row: number): void {
    if (row === this.#overflow) this.#overflow = -1
    this.exemplars?.forget(row)
    this.home.watcher?.seriesLeft(this, row)
    this.#keptSeries(row)?.release()
    this.#kept.delete(row)
    this.freeBeside(this.seatOf(row))
    this.#index.drop(row)
    this.changed()
  }

  /** Takes out every series whose row `isUnwanted`; returns how many. */
  #dropWhere(isUnwanted: (row: number) => boolean): number {
    const unwanted = [...this.rows].filter(isUnwanted)
    for (const row of unwanted) this.#drop(row)
    return unwanted.length
  }

  #zero(row: number): void {
    const seat = this.seatOf(row)
    this.freeBeside(seat)
    const { words, cells } = this.shape
    seat.words.fill(0, seat.wordAt, seat.wordAt + words)
    seat.cells.fill(0, seat.at, seat.at + cells)
  }

  /** The object of a series that has one. */
  #keptSeries(row: number): (S & KeptSeries) | undefined {
    return this.#kept.get(row) as (S & KeptSeries) | undefined
  }

  #overflowing(): S {
    this.dropped('series_limit', 'TELLTALE_SERIES_LIMIT', overLimit(this.#limit, OVERFLOW))
    if (this.#overflow < 0) {
      const texts = this.labelNames.map(() => OVERFLOW)
      const standing = this.#index.findTexts(texts)
      this.#overflow = standing < 0 ? this.#enter(texts, texts) : standing
    }
    return this.#index.handle(this.#overflow)
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
