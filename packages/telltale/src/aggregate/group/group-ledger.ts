import type { Family } from '../../metrics/sample-line.js'
import { DefinitionClashes } from './definition-clashes.js'
import { GroupFamily } from './group-family.js'
import type { LedgerEvent } from './ledger-event.js'
import { ledgerEvents } from './ledger-events.js'
import { definitionInGroup, FamilyEntry, ownValues, ProcessEntry, snapshotInGroup } from './process-entry.js'
import type { FamilyChange, GroupDefinition, ProcessUpdate, SeriesChange } from './process-update.js'

/** How many families are kept that only ended processes had. */
const ORPHAN_LIMIT = 2000

/** What is known of a process without its values. */
export interface KnownProcess {
  readonly process: string
  readonly worker: number
  readonly isHere: boolean
}

/**
 * What a group of processes has counted: the last values of each that is there, and the totals of those that have
 * ended. No total ever falls: not when a process ends, comes back, or begins to count again at zero. Its memory
 * depends on the processes that are there and on label sets, not on how many processes there ever were.
 *
 * Everything happens by events, and the same events in the same order make the same ledger anywhere.
 */
export class GroupLedger {
  readonly clashes: DefinitionClashes
  readonly #processes = new Map<string, ProcessEntry>()
  /** By name, the one that is shown first; others cannot be added to it. */
  readonly #families = new Map<string, GroupFamily[]>()
  #mostProcesses = 0
  #reign = 0

  /** `onClash` hears of definitions that cannot become one, once for each metric. */
  constructor(onClash: (message: string) => void = () => {}) {
    this.clashes = new DefinitionClashes(onClash)
  }

  /** The processes that have not ended. */
  get processes(): readonly KnownProcess[] {
    return [...this.#processes.values()]
  }

  /** Whether there was ever more than one process. */
  get isShared(): boolean {
    return this.#mostProcesses > 1
  }

  /** How many processes have led the group, one after the other: of two ledgers the one with more knows more. */
  get reign(): number {
    return this.#reign
  }

  /** The number that the next process gets. */
  get nextWorker(): number {
    const taken = new Set([...this.#processes.values()].map(({ worker }) => worker))
    let worker = 0
    while (taken.has(worker)) worker++
    return worker
  }

  has(process: string): boolean {
    return this.#processes.has(process)
  }

  apply(event: LedgerEvent): void {
    switch (event.kind) {
      case 'entered':
        this.#enter(event.process, event.worker)
        return
      case 'updated':
        this.#update(event.process, event.update)
        return
      case 'departed':
        this.#depart(event.process)
        return
      case 'ended':
        this.#end(event.process)
        return
      case 'remnant':
        this.#familyFor(event.definition).restore(event.definition, event.series)
        return
      case 'clashes':
        this.clashes.restore(event.counts)
        return
      case 'reign':
        this.#reign = event.reign
    }
  }

  /** What a scrape shows now. */
  view(): readonly Family[] {
    return Array.from(this.#families.values(), ([family]) => family!.view())
  }

  /** Events that make a ledger like this one is now. Cost: one pass over every series of every process. */
  events(): readonly LedgerEvent[] {
    const all = ledgerEvents(this.#processes, this.#families, this.clashes)
    return [{ kind: 'reign', reign: this.#reign }, ...all]
  }

  #enter(process: string, worker: number): ProcessEntry {
    const known = this.#processes.get(process)
    if (known !== undefined) return known
    const entry = new ProcessEntry(process, worker)
    this.#processes.set(process, entry)
    this.#mostProcesses = Math.max(this.#mostProcesses, this.#processes.size)
    return entry
  }

  #update(process: string, { begins, families, ends }: ProcessUpdate): void {
    const entry = this.#processes.get(process)
    if (entry === undefined) return
    entry.isHere = true
    if (begins) entry.begin()
    for (const change of families) this.#change(entry, change)
    if (ends) this.#withdrawUnheard(entry)
  }

  #change(entry: ProcessEntry, change: FamilyChange): void {
    if (change.definition !== undefined) this.#define(entry, change.id, change.definition)
    const known = entry.byId.get(change.id)
    if (known === undefined) return
    known.session = entry.session
    if (change.absent) {
      known.family.absent(known.contribution)
      known.parts.clear()
      return
    }
    for (const series of change.series) this.#set(entry, known, series)
    for (const id of change.removed ?? []) {
      const part = known.parts.get(id)
      known.parts.delete(id)
      if (part !== undefined) known.family.withdraw(part)
    }
  }

  #define(entry: ProcessEntry, id: number, definition: GroupDefinition): void {
    if (definition.aggregator === 'omit') return
    const known = entry.families.get(definition.name)
    const isSame = known !== undefined && same(known.definition, definition)
    if (known !== undefined && !isSame) this.#leave(entry, known)
    const held = isSame ? known : this.#hold(entry, definition)
    held.id = id
    entry.byId.set(id, held)
  }

  #hold(entry: ProcessEntry, definition: GroupDefinition): FamilyEntry {
    const inGroup = definitionInGroup(definition)
    const family = this.#familyFor(inGroup)
    const shown = this.#families.get(definition.name)![0]!
    const held = new FamilyEntry(definition, family, family.enter(entry.process, inGroup))
    entry.families.set(definition.name, held)
    if (family !== shown && shown.isLiving) {
      const others = [...this.#processes.values()].filter(
        ({ families }) => families.get(definition.name)?.family === shown,
      )
      this.clashes.add({ shown: shown.definition, by: others[0]?.process, left: inGroup, of: entry.process })
    }
    this.#prune(definition.name)
    return held
  }

  #set(entry: ProcessEntry, known: FamilyEntry, change: SeriesChange): void {
    const part = known.parts.get(change.id)
    const values = change.values ?? (part && ownValues(known, part))
    if (values === undefined) return
    const snapshot = snapshotInGroup(known, entry.worker, values, change)
    const set = known.family.set(known.contribution, snapshot, entry.session)
    if (change.id >= 0) known.parts.set(change.id, set)
    if (change.state !== undefined) known.family.conceal(set, change.state)
  }

  /** What a process said nothing of when it said all that there is, is not there any longer. */
  #withdrawUnheard(entry: ProcessEntry): void {
    for (const known of entry.families.values()) {
      if (known.session < entry.session) known.family.absent(known.contribution)
      else {
        for (const part of [...known.contribution.parts.values()]) {
          if (part.session < entry.session && part.state === 'present') known.family.withdraw(part)
        }
      }
    }
  }

  #depart(process: string): void {
    const entry = this.#processes.get(process)
    if (entry === undefined) return
    entry.isHere = false
    for (const { family, contribution } of entry.families.values()) family.depart(contribution)
  }

  #end(process: string): void {
    const entry = this.#processes.get(process)
    if (entry === undefined) return
    this.#processes.delete(process)
    for (const known of entry.families.values()) this.#leave(entry, known)
    this.#boundOrphans()
  }

  #leave(entry: ProcessEntry, { definition: { name }, family }: FamilyEntry): void {
    family.end(entry.process)
    entry.families.delete(name)
    this.#prune(name)
  }

  #familyFor(definition: GroupDefinition): GroupFamily {
    const all = this.#families.get(definition.name) ?? []
    const fitting = all.find((family) => family.fits(definition))
    if (fitting !== undefined) return fitting
    const family = new GroupFamily(definition)
    this.#families.set(definition.name, [...all, family])
    return family
  }

  /** A definition that only ended processes had gives way to one that lives. */
  #prune(name: string): void {
    const all = this.#families.get(name) ?? []
    const living = all.filter(({ isLiving }) => isLiving)
    const kept = living.length > 0 ? living : all.filter(({ remnant }) => remnant !== undefined).slice(0, 1)
    if (kept.length === 0) this.#families.delete(name)
    else this.#families.set(name, kept)
  }

  #boundOrphans(): void {
    if (this.#families.size <= ORPHAN_LIMIT) return
    const orphans = [...this.#families].filter(([, [family]]) => !family!.isLiving)
    for (const [name] of orphans.slice(0, Math.max(0, orphans.length - ORPHAN_LIMIT)))
      this.#families.delete(name)
  }
}

function same(a: GroupDefinition, b: GroupDefinition): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
