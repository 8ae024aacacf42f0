import { isAggregator } from '../../aggregate/aggregator.js'
import { type FamilySnapshot, snapshotOf } from '../../aggregate/family-snapshot.js'
import { groupModeOf } from '../../aggregate/group/group-mode.js'
import { JoinedFamily } from '../../aggregate/joined/joined-family.js'
import { mergeSnapshots } from '../../aggregate/merge.js'
import { MergedFamily } from '../../aggregate/merged-family.js'
import type { Family } from '../../metrics/family.js'
import { isSlotted, type SlottedFamily } from '../../metrics/slotted-family.js'
import type { Gathering } from '../../registry/scrape-source.js'
import { modeInThreads } from './thread-mode.js'

/** A family, and what is beside it in the scrape of its thread. */
interface Living<F extends Family = Family> {
  readonly family: F
  readonly defaultLabels: Gathering['defaultLabels']
}

/** The families of one name. */
interface Namesakes {
  readonly living: Living[]
  ended?: FamilySnapshot
}

/** A family that was joined, and what it was joined of. */
interface Known {
  readonly key: readonly unknown[]
  readonly family: JoinedFamily
}

/**
 * The families of several threads as one. What it finds out about those that several have it keeps for the next time, for
 * as long as the same threads have them.
 */
export class JoinedFamilies {
  #known = new Map<string, Known>();

  /**
   * Families that only one thread has are shown as they are; what several have becomes one, as the processes of a group
   * would. What is of a process as a whole, such as its memory, is the same in all threads: the first one's is shown.
   * In steps after each of which others may run.
   */
  *join(
    own: Gathering,
    others: readonly Gathering[],
    ended: readonly FamilySnapshot[],
  ): Generator<void, Gathering> {
    if (ended.length === 0 && others.every(({ families }) => families.length === 0)) return own
    const known = new Map<string, Known>()
    const families: Family[] = []
    for (const namesakes of byName([own, ...others.map(withoutKnown(own))], ended)) {
      families.push(...(yield* this.#shown(namesakes, known)))
    }
    this.#known = known
    return { families, defaultLabels: own.defaultLabels }
  }

  *#shown(namesakes: Namesakes, known: Map<string, Known>): Generator<void, readonly Family[]> {
    const { living, ended } = namesakes
    if (living.length === 0) return [new MergedFamily(ended!)]
    if (living.length === 1 && ended === undefined) return [living[0]!.family]
    const joined = this.#joined(namesakes)
    if (joined === undefined) return mergedAtOnce(namesakes)
    known.set(joined.family.name, joined)
    yield* joined.family.update()
    return [joined.family]
  }

  /** As one family that is kept; `undefined` where the values are not those of rows, or where their time decides. */
  #joined({ living, ended }: Namesakes): Known | undefined {
    const [first] = living
    const { name, help, type } = first!.family
    const aggregator = modeInThreads(first!.family)
    if (!isAggregator(aggregator) || aggregator === 'omit') return undefined
    const parts = living.filter(
      ({ family }) => family.size > 0 && family.type === type && modeInThreads(family) !== 'omit',
    )
    const slotted = parts.filter(isOfSlots)
    const left = ended !== undefined && ended.type === type && ended.series.length > 0 ? ended : undefined
    if (slotted.length < parts.length || slotted.length === 0) return undefined
    const labels = slotted.map(({ defaultLabels }) => JSON.stringify(defaultLabels))
    const key = [first!.family, left, ...slotted.map(({ family }) => family), ...labels]
    const known = this.#known.get(name)
    if (known !== undefined && isSame(known.key, key)) return known
    return { key, family: new JoinedFamily({ help, aggregator, living: slotted, ended: left }) }
  }
}

function isOfSlots(living: Living): living is Living<SlottedFamily> {
  return isSlotted(living.family)
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}

/** Families by name, in the order in which the first thread has them, then the others. */
function byName(gatherings: readonly Gathering[], ended: readonly FamilySnapshot[]): Iterable<Namesakes> {
  const all = new Map<string, Namesakes>()
  const of = (name: string): Namesakes => {
    let namesakes = all.get(name)
    if (namesakes !== undefined) return namesakes
    namesakes = { living: [] }
    all.set(name, namesakes)
    return namesakes
  }
  for (const { families, defaultLabels } of gatherings) {
    for (const family of families) of(family.name).living.push({ family, defaultLabels })
  }
  for (const snapshot of ended) of(snapshot.name).ended = snapshot
  return all.values()
}

function mergedAtOnce({ living, ended }: Namesakes): readonly Family[] {
  const snapshots = living.map(({ family, defaultLabels }) =>
    snapshotOf({ families: [family], defaultLabels }, modeInThreads),
  )
  const merged = mergeSnapshots(ended === undefined ? snapshots : [...snapshots, [ended]])
  return merged.map((snapshot) => new MergedFamily(snapshot))
}

/** Leaves out what is of the process as a whole and shown already. */
function withoutKnown({ families: known }: Gathering) {
  const names = new Set(known.map(({ name }) => name))
  return ({ families, defaultLabels }: Gathering): Gathering => ({
    families: families.filter((family) => !groupModeOf(family).perProcess || !names.has(family.name)),
    defaultLabels,
  })
}
