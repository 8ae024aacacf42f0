import type { SeriesIdentity } from '../../metrics/sample-line.js'
import type { SeriesContent } from '../series-sink.js'

/** A series as it was told of last. */
export interface SeriesTrack {
  readonly id: number
  content: SeriesContent
  /** The round in which it was seen last. */
  round: number
  birth?: number | undefined
}

/** The series of one family that were told of, by their labels, and by their births, which are had without reading labels. */
export class SeriesTracks {
  readonly #byPairs = new Map<string, SeriesTrack>()
  readonly #byBirth = new Map<number, SeriesTrack>()

  get size(): number {
    return this.#byPairs.size
  }

  /** A label set that was dropped and is there again is the same series with another birth. */
  find(identity: SeriesIdentity): SeriesTrack | undefined {
    const { birth } = identity
    const known = birth === undefined ? undefined : this.#byBirth.get(birth)
    if (known !== undefined) return known
    const same = this.#byPairs.get(identity.pairs)
    if (same !== undefined) this.#setBirth(same, birth)
    return same
  }

  add({ pairs, birth }: SeriesIdentity, track: SeriesTrack): void {
    this.#byPairs.set(pairs, track)
    this.#setBirth(track, birth)
  }

  /** Births are counted anew from now on. */
  forgetBirths(): void {
    this.#byBirth.clear()
  }

  /** Forgets those that were not seen in this round; returns their ids. */
  dropUnseen(round: number): readonly number[] {
    const dropped: number[] = []
    for (const [pairs, track] of this.#byPairs) {
      if (track.round === round) continue
      dropped.push(track.id)
      this.#byPairs.delete(pairs)
      this.#setBirth(track, undefined)
    }
    return dropped
  }

  #setBirth(track: SeriesTrack, birth: number | undefined): void {
    if (track.birth !== undefined && this.#byBirth.get(track.birth) === track)
      this.#byBirth.delete(track.birth)
    track.birth = birth
    if (birth !== undefined) this.#byBirth.set(birth, track)
  }
}
