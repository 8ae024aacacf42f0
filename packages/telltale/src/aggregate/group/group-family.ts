import type { Family } from '../../metrics/sample-line.js'
import type { MergeMode } from '../aggregator.js'
import type { SeriesSnapshot } from '../family-snapshot.js'
import { lineAggregator } from '../series-join.js'
import { Contribution, keyOf, type Part } from './contribution.js'
import { GroupFamilyView } from './group-family-view.js'
import { GroupSeries } from './group-series.js'
import type { GroupDefinition } from './process-update.js'
import { bury, commonDefinition, outlives, REMNANT_LIMIT, redefined } from './remnant.js'

/**
 * One family of a group: what each living process has of it, and what is left of those that ended. A change of one
 * series costs no more than that series; values are added up when they are written.
 */
export class GroupFamily {
  readonly #living = new Map<string, Contribution>()
  /** Those that have series, and therefore a say in which labels and lines there are. */
  readonly #populated = new Set<Contribution>()
  readonly #series = new Map<string, GroupSeries>()
  #remnant: Contribution | undefined
  #shape: GroupDefinition
  #shapeKey = ''
  #modes: readonly MergeMode[] = []

  constructor(definition: GroupDefinition) {
    this.#shape = definition
    this.#use(definition)
  }

  get definition(): GroupDefinition {
    return this.#shape
  }

  /** What is left of ended processes. */
  get remnant(): Contribution | undefined {
    return this.#remnant
  }

  /** Whether any process that has not ended has it. */
  get isLiving(): boolean {
    return this.#living.size > 0
  }

  /** Whether something of this definition can be added to it. */
  fits({ type, role, aggregator, perProcess }: GroupDefinition): boolean {
    const { definition } = this
    return (
      type === definition.type &&
      role === definition.role &&
      aggregator === definition.aggregator &&
      perProcess === definition.perProcess
    )
  }

  /** A process has this family from now on. */
  enter(process: string, definition: GroupDefinition): Contribution {
    const contribution = new Contribution(definition)
    this.#living.set(process, contribution)
    return contribution
  }

  /** A series of a process is new, or has new values. A count that fell began again, and what it was stays counted. */
  set(of: Contribution, snapshot: SeriesSnapshot, session: number): Part {
    const key = keyOf(snapshot.values)
    const known = of.parts.get(key)
    if (known === undefined) {
      const part: Part = { of, snapshot, state: 'present', session, series: undefined }
      of.parts.set(key, part)
      this.#place(part)
      return part
    }
    if (outlives(of.definition) && hasFallen(of.definition, known.snapshot, snapshot)) {
      this.#bury(of.definition, known.snapshot)
    }
    known.snapshot = snapshot
    known.state = 'present'
    known.session = session
    return known
  }

  /**
   * A process took a series out. What it had counted stays in the total for as long as another process has the series;
   * when the last one takes it out, it is gone, and would begin again at zero.
   */
  withdraw(part: Part): void {
    if (!outlives(part.of.definition)) {
      this.#drop(part)
      return
    }
    part.state = 'removed'
    if (part.series!.isHeld(this.#remnant)) this.#boundRemoved(part.of)
    else for (const one of [...part.series!.parts]) this.#drop(one)
  }

  /** As another ledger has it. */
  conceal(part: Part, state: 'removed' | 'absent'): void {
    part.state = state
    if (state === 'removed') part.of.removed++
  }

  /** A process does not show the family at present. */
  absent(of: Contribution): void {
    for (const part of [...of.parts.values()]) {
      if (!outlives(of.definition)) this.#drop(part)
      else if (part.state === 'present') part.state = 'absent'
    }
  }

  /** A process is not there at present: what is of living processes only, goes. */
  depart(of: Contribution): void {
    if (!outlives(of.definition)) for (const part of [...of.parts.values()]) this.#drop(part)
  }

  /** A process has ended. */
  end(process: string): void {
    const of = this.#living.get(process)
    if (of === undefined) return
    for (const part of [...of.parts.values()]) {
      if (outlives(of.definition)) this.#fold(part)
      else this.#drop(part)
    }
    this.#living.delete(process)
  }

  /** Takes what is left of ended processes from another ledger, in place of its own. */
  restore(definition: GroupDefinition, series: readonly SeriesSnapshot[]): void {
    this.#release(this.#remnant)
    this.#remnant = undefined
    for (const one of series) this.#bury(definition, one)
  }

  /** What a scrape shows now. */
  view(): Family {
    const shown = [...this.#series.values()].filter((series) => series.isShown(this.#remnant))
    return new GroupFamilyView(this.#shape, this.#modes, shown)
  }

  /** Makes a part one with what is left of ended processes, and those with it that only wait to come back. */
  #fold(part: Part): void {
    const others = part.series!.parts.filter((other) => other !== part && other.of !== this.#remnant)
    const folded = others.every(({ state }) => state === 'removed') ? [part, ...others] : [part]
    for (const one of folded) {
      this.#drop(one)
      this.#bury(one.of.definition, one.snapshot)
    }
  }

  #bury(definition: GroupDefinition, snapshot: SeriesSnapshot): void {
    const remnant = this.#remnantFor(definition)
    const part = bury(remnant, definition, snapshot)
    if (part.series === undefined) this.#place(part)
  }

  #remnantFor(definition: GroupDefinition): Contribution {
    const known = this.#remnant
    if (known === undefined) {
      this.#remnant = new Contribution(definition)
      return this.#remnant
    }
    const common = new Contribution(commonDefinition(known.definition, definition))
    if (common.shapeKey === known.shapeKey) return known
    this.#release(known)
    const remnant = redefined(known, common.definition)
    this.#remnant = remnant
    for (const part of remnant.parts.values()) this.#place(part)
    return remnant
  }

  #release(contribution: Contribution | undefined): void {
    for (const part of [...(contribution?.parts.values() ?? [])]) this.#drop(part)
  }

  #place(part: Part): void {
    const { of } = part
    if (!this.#populated.has(of)) {
      this.#populated.add(of)
      this.#reshape(of)
    }
    if (part.series !== undefined) return
    const values = of.valuesIn(part.snapshot.values, '')
    const key = keyOf(values)
    const series = this.#series.get(key) ?? new GroupSeries(key, values)
    this.#series.set(key, series)
    series.add(part)
  }

  #drop(part: Part): void {
    const { of, series } = part
    of.parts.delete(keyOf(part.snapshot.values))
    if (series !== undefined) {
      series.remove(part)
      if (series.parts.length === 0) this.#series.delete(series.key)
    }
    if (of.parts.size > 0 || !this.#populated.delete(of)) return
    if ([...this.#populated].some(({ shapeKey }) => shapeKey !== this.#shapeKey)) this.#reshape()
  }

  /** Finds labels and lines for all that have series; those that `added` brings are placed afterwards. */
  #reshape(added?: Contribution): void {
    const all = [...this.#populated]
    if (added !== undefined && all.length > 1 && added.shapeKey === this.#shapeKey) {
      added.arrangeFor(this.#shape)
      return
    }
    const shape = all.map(({ definition }) => definition).reduce(commonDefinition)
    const before = this.#shapeKey
    this.#use(shape)
    if (this.#shapeKey === before) {
      added?.arrangeFor(shape)
      return
    }
    // A scrape that is being written has the old lines: what it has not come to is left out of it.
    for (const series of this.#series.values()) series.parts.length = 0
    this.#series.clear()
    for (const contribution of all) {
      contribution.arrangeFor(shape)
      for (const part of contribution.parts.values()) {
        part.series = undefined
        this.#place(part)
      }
    }
  }

  #use(shape: GroupDefinition): void {
    this.#shape = shape
    this.#shapeKey = new Contribution(shape).shapeKey
    this.#modes = shape.lines.map((line) => lineAggregator(shape, line))
  }

  /** Label sets that come and go must not pile up: beyond the limit, the older half of what was removed goes. */
  #boundRemoved(of: Contribution): void {
    of.removed++
    if (of.removed <= REMNANT_LIMIT) return
    const removed = [...of.parts.values()].filter(({ state }) => state === 'removed')
    for (const part of removed.slice(0, REMNANT_LIMIT / 2)) this.#fold(part)
    of.removed = removed.length - REMNANT_LIMIT / 2
  }
}

function hasFallen(
  { type, lines }: GroupDefinition,
  { samples: before }: SeriesSnapshot,
  { samples: now }: SeriesSnapshot,
): boolean {
  if (type === 'gauge') return false
  const line = type === 'counter' ? 0 : lines.findIndex(({ suffix }) => suffix === '_count')
  return line >= 0 && now[line]! < before[line]!
}
