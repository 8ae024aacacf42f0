import type { Credentials } from '../doctor/probe/credentials.js'
import { GrafanaSource } from '../doctor/source/grafana-source.js'
import type { ServerIdentity } from '../doctor/source/server-identity.js'
import { type Advice, type AdviceArea, adviceAreas } from './advice/advice.js'
import { adviseBuckets } from './advice/buckets.js'
import { type Evidence, evidenceFrom } from './advice/evidence.js'
import { adviseGrowth } from './advice/growth.js'
import { adviseIntervals, type JobCost, jobCosts } from './advice/intervals.js'
import { adviseLabels, adviseLargest } from './advice/labels.js'
import { adviseRules } from './advice/rules.js'
import { adviseStorage, type StorageForecast, storageForecast } from './advice/storage.js'
import { adviseUnused } from './advice/unused.js'
import { readBuckets } from './measure/bucket-facts.js'
import { type Inventory, takeInventory } from './measure/inventory.js'
import { readLabels } from './measure/label-facts.js'
import { OwnMetrics } from './measure/own-metrics.js'
import { type Missed, ServerReading } from './measure/server-reading.js'
import type { OptimizeOptions } from './optimize-options.js'
import { type ServerContact, takesNative } from './server-contact.js'
import { reportTexts } from './texts/index.js'
import { UseIndex } from './usage/use-index.js'
import { addDashboardFiles, addGrafana, addKeepList, addQueryLog, addRules } from './usage/use-sources.js'

/** Everything that was found out. */
export interface Study {
  readonly server: string
  readonly identity: ServerIdentity
  readonly inventory: Inventory
  readonly evidence: Evidence
  readonly areas: ReadonlySet<AdviceArea>
  readonly advice: readonly Advice[]
  readonly costs: readonly JobCost[]
  readonly storage: StorageForecast
  readonly missed: readonly Missed[]
  readonly queries: number
  readonly seconds: number
}

/** Tells what is looked at, while it is. */
export type Progress = (text: string) => void

/** Looks at a server and at those who use it. Rejects with TELLTALE_USAGE for files that cannot be used. */
export async function study(
  contact: ServerContact,
  options: OptimizeOptions,
  credentials: Credentials,
  progress: Progress,
): Promise<Study> {
  const began = performance.now()
  const { source, identity } = contact
  const reading = new ServerReading(source, options.seconds, options.language)
  const texts = reading.advice
  progress(reading.texts.users)
  const evidence = await gatherEvidence(reading, options, credentials)
  progress(reading.texts.stored)
  const own = await OwnMetrics.read(reading)
  const inventory = await takeInventory(reading, own)
  const flags = (await reading.ask(reading.texts.flags, () => source.flags())) ?? {}
  const runtime = await reading.ask(reading.texts.retention, () => source.runtime())
  const storage = { retention: runtime?.storageRetention ?? '', flags, disk: options.disk, own }
  const native = takesNative(identity, flags)

  const areas: Readonly<Record<AdviceArea, () => readonly Advice[] | Promise<readonly Advice[]>>> = {
    unused: () => adviseUnused(inventory, evidence, texts.unused),
    cardinality: async () => [
      ...adviseLargest(inventory, evidence, texts.labels),
      ...(await adviseGrowth(reading, inventory, own.age(Date.now()))),
    ],
    labels: async () => adviseLabels(inventory, evidence, await readLabels(reading, inventory), texts),
    buckets: async () =>
      adviseBuckets(inventory, evidence, await readBuckets(reading, inventory), {
        promised: options.promised,
        native,
        texts: texts.buckets,
      }),
    intervals: () => adviseIntervals(reading, inventory, evidence),
    storage: () => adviseStorage(inventory, evidence, storage, texts.storage),
    rules: () => adviseRules(reading, evidence),
  }
  const advice: Advice[] = []
  // Those about labels are of two areas.
  const wanted = adviceAreas.filter(
    (area) => options.areas.has(area) || (area === 'labels' && options.areas.has('cardinality')),
  )
  for (const area of wanted) {
    progress(reportTexts[options.language].areas[area])
    advice.push(...(await areas[area]()))
  }
  return {
    server: source.url,
    identity,
    inventory,
    evidence,
    areas: options.areas,
    advice: advice.filter(({ area }) => options.areas.has(area)),
    costs: jobCosts(inventory),
    storage: storageForecast(inventory, storage),
    missed: reading.missed,
    queries: reading.queries,
    seconds: (performance.now() - began) / 1000,
  }
}

async function gatherEvidence(
  reading: ServerReading,
  options: OptimizeOptions,
  credentials: Credentials,
): Promise<Evidence> {
  const { source, texts, advice } = reading
  const { places } = advice
  const uses = new UseIndex()
  addKeepList(uses, options.keep)
  let dashboards = 0
  for (const path of options.dashboards) dashboards += (await addDashboardFiles(uses, path, places)).length
  const log = options.queryLog === undefined ? undefined : await addQueryLog(uses, options.queryLog, places)
  if (options.grafana !== undefined) {
    const grafana = new GrafanaSource(options.grafana, { seconds: 10, authorization: credentials.grafana })
    dashboards +=
      (await reading.ask(texts.dashboards(grafana.url), () => addGrafana(uses, grafana, places))) ?? 0
  }
  const groups = await reading.ask(texts.rules, () => source.groups())
  if (groups !== undefined) addRules(uses, groups, places)
  return evidenceFrom({
    uses,
    groups,
    dashboards,
    noDashboards: options.noDashboards,
    logged: log?.span,
    configuration: await reading.ask(texts.configuration, () => source.configuration()),
    ignoreRemoteWrite: options.ignoreRemoteWrite,
    texts: advice.evidence,
  })
}
