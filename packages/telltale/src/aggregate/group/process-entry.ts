import type { SeriesSnapshot } from '../family-snapshot.js'
import type { Contribution, Part } from './contribution.js'
import type { GroupFamily } from './group-family.js'
import type { GroupDefinition, SeriesChange } from './process-update.js'

/** What a ledger knows of one family of one process. */
export class FamilyEntry {
  /** As the process defined it. */
  readonly definition: GroupDefinition
  readonly family: GroupFamily
  readonly contribution: Contribution
  /** By the numbers that the process gave them in its present session. */
  readonly parts = new Map<number, Part>()
  id = -1
  session = 0

  constructor(definition: GroupDefinition, family: GroupFamily, contribution: Contribution) {
    this.definition = definition
    this.family = family
    this.contribution = contribution
  }
}

/** What a ledger knows of one process. */
export class ProcessEntry {
  readonly process: string
  /** The process's number: the lowest one that was free when it came. */
  readonly worker: number
  readonly families = new Map<string, FamilyEntry>()
  /** By the numbers that the process gave them in its present session. */
  readonly byId = new Map<number, FamilyEntry>()
  /** Counts how often the process said all that there is. */
  session = 0
  /** Whether it is connected, as far as the ledger was told. */
  isHere = true

  constructor(process: string, worker: number) {
    this.process = process
    this.worker = worker
  }

  begin(): void {
    this.session++
    this.byId.clear()
    for (const family of this.families.values()) {
      family.id = -1
      family.parts.clear()
    }
  }
}

/** The definition as the group has it: with the label that tells processes apart, where each is shown by itself. */
export function definitionInGroup(definition: GroupDefinition): GroupDefinition {
  if (!definition.perProcess) return definition
  const { labelNames } = definition
  return { ...definition, labelNames: [...labelNames, workerLabel(labelNames)] }
}

/** A series as the group has it; `values` are those of its own labels. */
export function snapshotInGroup(
  { definition }: FamilyEntry,
  worker: number,
  values: readonly string[],
  { id: _, values: __, state: ___, ...content }: SeriesChange,
): SeriesSnapshot {
  return { ...content, values: definition.perProcess ? [...values, String(worker)] : values }
}

/** The values of a series' own labels. */
export function ownValues({ definition }: FamilyEntry, { snapshot }: Part): readonly string[] {
  return definition.perProcess ? snapshot.values.slice(0, -1) : snapshot.values
}

function workerLabel(taken: readonly string[]): string {
  return taken.includes('worker') ? 'group_worker' : 'worker'
}
