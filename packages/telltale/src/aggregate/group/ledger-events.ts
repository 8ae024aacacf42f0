import type { DefinitionClashes } from './definition-clashes.js'
import type { GroupFamily } from './group-family.js'
import type { LedgerEvent } from './ledger-event.js'
import { type FamilyEntry, ownValues, type ProcessEntry } from './process-entry.js'
import type { FamilyChange, SeriesChange } from './process-update.js'

/** Series in one event. */
const CHUNK = 2000

/**
 * Events that make another ledger like this one. They may be taken one by one while the ledger goes on, if the other
 * gets its events between them: processes come before what is left of ended ones, so that nothing is counted twice.
 */
export function* ledgerEvents(
  processes: ReadonlyMap<string, ProcessEntry>,
  families: ReadonlyMap<string, readonly GroupFamily[]>,
  clashes: DefinitionClashes,
): Generator<LedgerEvent> {
  for (const { process, worker } of [...processes.values()]) yield { kind: 'entered', process, worker }
  // What is shown comes before what clashes with it, so that the same is shown.
  for (const isShown of [true, false]) {
    for (const { process } of [...processes.values()]) {
      for (const name of [...(processes.get(process)?.families.keys() ?? [])]) {
        const known = processes.get(process)?.families.get(name)
        if (known === undefined || (families.get(name)?.[0] === known.family) !== isShown) continue
        yield* familyEvents(process, known)
      }
    }
  }
  for (const { process, isHere } of [...processes.values()]) if (!isHere) yield { kind: 'departed', process }
  for (const name of [...families.keys()]) {
    for (const { remnant } of families.get(name) ?? []) {
      if (remnant === undefined) continue
      const { definition, parts } = remnant
      yield { kind: 'remnant', definition, series: Array.from(parts.values(), ({ snapshot }) => snapshot) }
    }
  }
  yield { kind: 'clashes', counts: clashes.counts }
}

function* familyEvents(process: string, known: FamilyEntry): Generator<LedgerEvent> {
  const { definition, contribution } = known
  let rest = [...contribution.parts.values()]
  do {
    const ids = new Map(Array.from(known.parts, ([id, part]) => [part, id]))
    const chunk = rest.slice(0, CHUNK).filter(({ series }) => series !== undefined)
    const series = chunk.map((part): SeriesChange => {
      const { rests: _, processes: __, ...content } = part.snapshot
      const state = part.state === 'present' ? undefined : part.state
      return { ...content, id: ids.get(part) ?? -1, values: ownValues(known, part), ...(state && { state }) }
    })
    const family: FamilyChange = { id: known.id, definition, series }
    yield { kind: 'updated', process, update: { families: [family] } }
    rest = rest.slice(CHUNK)
  } while (rest.length > 0)
}
