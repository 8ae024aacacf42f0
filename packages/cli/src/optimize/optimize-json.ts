import { sumOf } from './advice/advice.js'
import { certainOf, type PlannedChange } from './apply/planned-change.js'
import type { Study } from './study.js'

/** The study as data. */
export function studyJson(study: Study, change: PlannedChange | undefined, applied: boolean): unknown {
  const { inventory, evidence, advice } = study
  return {
    server: study.server,
    version: study.identity.version,
    series: inventory.series,
    samplesPerSecond: inventory.samplesPerSecond,
    bytesPerSample: { value: inventory.bytesPerSample, measured: inventory.measured },
    expressions: evidence.uses.places.length,
    unread: evidence.uses.unread,
    doubts: evidence.doubts,
    advice,
    unusedSaving: sumOf(advice.filter(({ area }) => area === 'unused').map(({ saving }) => saving)),
    certainSaving: sumOf(certainOf(advice).map(({ saving }) => saving)),
    costs: study.costs,
    storage: study.storage,
    missed: study.missed,
    queries: study.queries,
    seconds: study.seconds,
    change: change && { saving: change.saving, jobs: change.patch.patched, absent: change.absent, applied },
  }
}
