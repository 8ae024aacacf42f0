import type { Exemplar } from '../../metrics/exemplar.js'
import type { FamilyHeader, SeriesIdentity } from '../../metrics/sample-line.js'
import { addedLabels, definitionOf } from '../family-snapshot.js'
import { type SeriesContent, SeriesSink } from '../series-sink.js'
import { groupModeOf } from './group-mode.js'
import type { FamilyChange, GroupDefinition, ProcessUpdate, SeriesChange } from './process-update.js'
import { SeriesTracks } from './series-tracks.js'

/** Series in one update, so that neither side holds its event loop for long. */
const CHUNK = 2000

interface FamilyTrack {
  readonly id: number
  readonly definition: GroupDefinition
  readonly text: string
  /** The values of default labels, which come after the series' own. */
  readonly added: readonly string[]
  readonly isTimed: boolean
  readonly series: SeriesTracks
  /** As it was written last; the same object is the same definition. */
  header: FamilyHeader | undefined
  round: number
  seen: number
}

interface Changes {
  readonly track: FamilyTrack
  readonly isNew: boolean
  readonly series: SeriesChange[]
}

/**
 * Finds what changed in the families of a process since it looked before. A round: `start`, families are written into
 * it, `finish`. It keeps the values that it told of: about as much as the values themselves.
 */
export class ChangeTracker extends SeriesSink {
  readonly #now: () => number
  readonly #families = new Map<string, FamilyTrack>()
  #defaultLabels: Readonly<Record<string, string>> = {}
  #labelsText = ''
  #round = 0
  #ids = 0
  #current: Changes | undefined
  #changes: Changes[] = []
  #hasBegun = false
  #hasEnded = false

  /** `now` gives seconds since 1970-01-01T00:00:00Z. */
  constructor(now: () => number) {
    super()
    this.#now = now
  }

  /** Forgets what was told: the next round tells everything. */
  restart(): void {
    this.#families.clear()
    this.#hasBegun = false
    this.#hasEnded = false
  }

  start(defaultLabels: Readonly<Record<string, string>>): void {
    this.#round++
    this.#changes = []
    this.#current = undefined
    const text = JSON.stringify(defaultLabels)
    if (text === this.#labelsText) return
    this.#labelsText = text
    this.#defaultLabels = defaultLabels
    for (const track of this.#families.values()) track.header = undefined
  }

  /** What changed. In a complete round, what was not written is gone; else there may be more than was written. */
  finish(round: { readonly isComplete: boolean }): readonly ProcessUpdate[] {
    this.end()
    const changes = this.#changes.flatMap((change) => this.#told(change))
    if (round.isComplete) changes.push(...this.#absent())
    const updates = chunks(changes).map((families): ProcessUpdate => ({ families }))
    const begins = !this.#hasBegun
    const ends = round.isComplete && !this.#hasEnded
    this.#hasBegun = true
    this.#hasEnded ||= ends
    if (!begins && !ends) return updates
    const all = updates.length > 0 ? updates : [{ families: [] }]
    return all.map((update, i) => ({
      ...(begins && i === 0 && { begins }),
      ...update,
      ...(ends && i === all.length - 1 && { ends }),
    }))
  }

  protected override begin(header: FamilyHeader): void {
    const known = this.#families.get(header.name)
    const isKnown = known !== undefined && (known.header === header || this.#isSame(known, header))
    const track = isKnown ? known : this.#track(header)
    if (track.header !== header) track.series.forgetBirths()
    track.header = header
    track.round = this.#round
    track.seen = 0
    this.#current = { track, isNew: !isKnown, series: [] }
    this.#changes.push(this.#current)
  }

  protected override take(identity: SeriesIdentity, content: SeriesContent): void {
    const { track, series } = this.#current!
    track.seen++
    const known = track.series.find(identity)
    if (known !== undefined) {
      known.round = this.#round
      if (sameContent(known.content, content)) return
      known.content = content
      series.push({ id: known.id, ...content, ...(track.isTimed && { changedAt: this.#now() }) })
      return
    }
    const id = this.#ids++
    track.series.add(identity, { id, content, round: this.#round })
    // Nobody has set what is still zero.
    const changedAt = content.samples[0] === 0 ? 0 : this.#now()
    const values = track.added.length > 0 ? [...identity.values, ...track.added] : identity.values
    series.push({ id, values, ...content, ...(track.isTimed && { changedAt }) })
  }

  #track(header: FamilyHeader): FamilyTrack {
    const { definition, added } = this.#defined(header)
    const track: FamilyTrack = {
      id: this.#ids++,
      definition,
      text: textOf(definition),
      added: added.map(([, value]) => value),
      isTimed: definition.aggregator === 'mostrecent' || definition.aggregator === 'livemostrecent',
      series: new SeriesTracks(),
      header,
      round: 0,
      seen: 0,
    }
    this.#families.set(header.name, track)
    return track
  }

  #defined(header: FamilyHeader) {
    const { aggregator, perProcess } = groupModeOf(header)
    const added = addedLabels(header, this.#defaultLabels)
    const definition: GroupDefinition = { ...definitionOf(header, aggregator, added), perProcess }
    return { definition, added }
  }

  #isSame({ text, added }: FamilyTrack, header: FamilyHeader): boolean {
    const now = this.#defined(header)
    return text === textOf(now.definition) && now.added.every(([, value], i) => value === added[i])
  }

  #told({ track, isNew, series }: Changes): readonly FamilyChange[] {
    const removed = this.#removed(track)
    if (!isNew && series.length === 0 && removed.length === 0) return []
    const { id, definition } = track
    return [{ id, ...(isNew && { definition }), series, ...(removed.length > 0 && { removed }) }]
  }

  #removed({ series, seen }: FamilyTrack): readonly number[] {
    return seen === series.size ? [] : series.dropUnseen(this.#round)
  }

  #absent(): readonly FamilyChange[] {
    const gone = [...this.#families].filter(([, { round }]) => round !== this.#round)
    for (const [name] of gone) this.#families.delete(name)
    return gone.map(([, { id }]) => ({ id, series: [], absent: true }))
  }
}

function textOf(definition: GroupDefinition): string {
  return JSON.stringify(definition)
}

/** Cut so that no update has many more series than a chunk. */
function chunks(changes: readonly FamilyChange[]): readonly (readonly FamilyChange[])[] {
  const all: FamilyChange[][] = []
  let room = 0
  for (const change of changes) {
    let { series } = change
    let isFirst = true
    do {
      if (room <= 0) {
        all.push([])
        room = CHUNK
      }
      const part = series.slice(0, room)
      all.at(-1)!.push(isFirst ? { ...change, series: part } : { id: change.id, series: part })
      series = series.slice(room)
      room -= Math.max(1, part.length)
      isFirst = false
    } while (series.length > 0)
  }
  return all
}

function sameContent(a: SeriesContent, b: SeriesContent): boolean {
  for (let i = 0; i < a.samples.length; i++) if (!Object.is(a.samples[i], b.samples[i])) return false
  return (
    a.created === b.created &&
    sameExemplars(a.exemplars, b.exemplars) &&
    sameExemplars(a.spread, b.spread) &&
    a.native?.schema === b.native?.schema &&
    a.native?.count === b.native?.count
  )
}

function sameExemplars(
  a: readonly (Exemplar | null)[] | undefined,
  b: readonly (Exemplar | null)[] | undefined,
): boolean {
  if (a === undefined || b === undefined) return a === b
  return (
    a.length === b.length &&
    a.every((one, i) => one?.timestamp === b[i]?.timestamp && one?.value === b[i]?.value)
  )
}
