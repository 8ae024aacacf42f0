import type { DefinitionClashes } from './definition-clashes.js'
import type { GroupFamily } from './group-family.js'
import type { LedgerEvent } from './ledger-event.js'
import { type FamilyEntry, ownValues, type ProcessEntry } from './process-entry.js'
import type { FamilyChange, SeriesChange } from './process-update.js'

/** Series in one event. */
const CHUNK = 2000

/** Events that make another ledger like this one is now. What they hold does not change any longer. */
export function ledgerEvents(
  processes: ReadonlyMap<string, ProcessEntry>,
  families: ReadonlyMap<string, readonly GroupFamily[]>,
  clashes: DefinitionClashes,
): readonly LedgerEvent[] {
  const events: LedgerEvent[] = []
  for (const { process, worker } of processes.values()) events.push({ kind: 'entered', process, worker })
  // What is shown comes before what clashes with it, so that the same is shown.
  for (const isShown of [true, false]) {
    for (const { process, families: known } of processes.values()) {
      for (const [name, entry] of known) {
        if ((families.get(name)?.[0] === entry.family) === isShown)
          events.push(...familyEvents(process, entry))
      }
    }
  }
  for (const { process, isHere } of processes.values()) {
    if (!isHere) events.push({ kind: 'departed', process })
  }
  for (const { remnant } of [...families.values()].flat()) {
    if (remnant === undefined) continue
    const { definition, parts } = remnant
    events.push({
      kind: 'remnant',
      definition,
      series: Array.from(parts.values(), ({ snapshot }) => snapshot),
    })
  }
  return [...events, { kind: 'clashes', counts: clashes.counts }]
}

function* familyEvents(process: string, known: FamilyEntry): Generator<LedgerEvent> {
  const { id, definition, contribution } = known
  const ids = new Map(Array.from(known.parts, ([number, part]) => [part, number]))
  const all = Array.from(contribution.parts.values(), (part): SeriesChange => {
    const state = part.state === 'present' ? undefined : part.state
    return {
      ...part.snapshot,
      id: ids.get(part) ?? -1,
      values: ownValues(known, part),
      ...(state && { state }),
    }
  })
  for (let from = 0; from === 0 || from < all.length; from += CHUNK) {
    const family: FamilyChange = { id, definition, series: all.slice(from, from + CHUNK) }
    yield { kind: 'updated', process, update: { families: [family] } }
  }
}
