import { type Arrangement, arrange, asItIs, lineKey } from '../arrangement.js'
import type { SeriesSnapshot } from '../family-snapshot.js'
import type { GroupDefinition } from './process-update.js'

/** Whether a process shows a series: it does, it took the series out, or its whole family is not there at present. */
export type PartState = 'present' | 'removed' | 'absent'

/** What all processes have for one series. */
export interface JoinedParts {
  readonly key: string
  readonly parts: readonly Part[]
  /** Whether a process that has not ended has it, and did not take it out. */
  isHeld(remnant: Contribution | undefined): boolean
  remove(part: Part): void
}

/** What one process, or all that have ended, has for one series. */
export interface Part {
  readonly of: Contribution
  snapshot: SeriesSnapshot
  /** What was removed, or is of a family that is absent, still belongs to the total, but does not show it. */
  state: PartState
  /** In which of the process's full updates it was heard of last. */
  session: number
  /** The series of the group that it is in. */
  series: JoinedParts | undefined
}

/** What one process, or all that have ended, has of one family. */
export class Contribution {
  readonly definition: GroupDefinition
  /** Tells definitions apart that need another arrangement. */
  readonly shapeKey: string
  /** By their label values. */
  readonly parts = new Map<string, Part>()
  /** How many of its parts were removed. */
  removed = 0
  valuesIn: Arrangement = asItIs
  samplesIn: Arrangement = asItIs

  constructor(definition: GroupDefinition) {
    this.definition = definition
    this.shapeKey = JSON.stringify([definition.labelNames, definition.lines.map(lineKey)])
  }

  /** Says which of the group's labels and lines its own are. */
  arrangeFor({ labelNames, lines }: GroupDefinition): void {
    this.valuesIn = arrange(this.definition.labelNames, labelNames)
    this.samplesIn = arrange(this.definition.lines.map(lineKey), lines.map(lineKey))
  }
}

/** Names a series among those of one family. */
export function keyOf(values: readonly string[]): string {
  return values.length === 1 ? values[0]! : JSON.stringify(values)
}
