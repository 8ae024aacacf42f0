import type { SeriesIdentity, Sink } from '../../metrics/sample-line.js'
import { labelPairs } from '../../model/label-text.js'
import type { MergeMode } from '../aggregator.js'
import type { SeriesSnapshot } from '../family-snapshot.js'
import { moved } from '../merge.js'
import { emitSeries } from '../series-emission.js'
import { joinSeries } from '../series-join.js'
import type { Contribution, JoinedParts, Part } from './contribution.js'
import type { GroupDefinition } from './process-update.js'

/** What all processes of a group have for one label set. */
export class GroupSeries implements JoinedParts {
  readonly key: string
  readonly values: readonly string[]
  readonly parts: Part[] = []
  #identity: SeriesIdentity | undefined

  constructor(key: string, values: readonly string[]) {
    this.key = key
    this.values = values
  }

  isHeld(remnant: Contribution | undefined): boolean {
    return this.parts.some(({ of, state }) => of !== remnant && state !== 'removed')
  }

  /** What no living process shows at present is not shown; what only ended ones had is. */
  isShown(remnant: Contribution | undefined): boolean {
    let isLiving = false
    for (const { of, state } of this.parts) {
      if (of === remnant) continue
      if (state === 'present') return true
      isLiving = true
    }
    return !isLiving && this.parts.length > 0
  }

  /** All parts as one. */
  total(modes: readonly MergeMode[]): SeriesSnapshot {
    let total = this.#placed(this.parts[0]!)
    for (let i = 1; i < this.parts.length; i++) total = joinSeries(modes, total, this.#placed(this.parts[i]!))
    return total
  }

  emit(shape: GroupDefinition, modes: readonly MergeMode[], sink: Sink): void {
    if (this.parts.length === 0) return
    this.#identity ??= { pairs: labelPairs(shape.labelNames, this.values), values: this.values }
    emitSeries(shape, this.#identity, this.total(modes), sink)
  }

  add(part: Part): void {
    this.parts.push(part)
    part.series = this
  }

  remove(part: Part): void {
    this.parts.splice(this.parts.indexOf(part), 1)
    part.series = undefined
  }

  #placed({ of, snapshot }: Part): SeriesSnapshot {
    return moved(snapshot, this.values, of.samplesIn)
  }
}
