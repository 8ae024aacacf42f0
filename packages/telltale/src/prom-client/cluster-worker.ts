import type { FamilySnapshot } from '../aggregate/family-snapshot.js'
import { snapshotOf } from '../aggregate/family-snapshot.js'
import { mergeSnapshots } from '../aggregate/merge.js'
import { snapshotText } from '../aggregate/snapshot-text.js'
import { processWide } from '../model/process-wide.js'
import type { Registry as EngineRegistry } from '../registry/registry.js'
import type { Gathering } from '../registry/scrape-source.js'
import { isAsk, snapshotMessage } from './cluster-message.js'
import { aggregatorOf } from './metric.js'
import { nodeCluster } from './node-cluster.js'

/** What a worker of a cluster tells its primary: the metrics of these registries. */
class ClusterWorker {
  engines: readonly EngineRegistry[]

  constructor(engines: readonly EngineRegistry[]) {
    this.engines = engines
  }

  /** Answers the primary, and has last words where the process ends in an orderly way. */
  listen(): void {
    process.on('message', (message) => {
      if (isAsk(message)) void this.#answer(message.ask)
    })
    process.on('exit', () => {
      const gathered = this.engines.map(({ families, defaultLabels }) => ({ families, defaultLabels }))
      this.#send(0, gathered)
    })
  }

  async #answer(ask: number): Promise<void> {
    try {
      this.#send(ask, await Promise.all(this.engines.map((engine) => engine.gather())))
    } catch (error) {
      process.emitWarning(`the primary gets no metrics: ${String(error)}`, { type: 'TelltaleWarning' })
    }
  }

  #send(ask: number, gathered: readonly Gathering[]): void {
    if (!process.connected) return
    const families = mergeSnapshots(gathered.map((gathering, i) => snapshotsOf(gathering, this.engines[i]!)))
    // A primary that is gone is no error of the worker; without a callback it would be one.
    process.send?.(snapshotMessage(ask, snapshotText(families)), undefined, undefined, () => {})
  }
}

/**
 * Tells the primary about these registries where this process is a worker of a cluster, in place of those that it
 * was told about before. Whether anything is sent is up to the primary.
 */
export function tellPrimary(engines: readonly EngineRegistry[]): void {
  if (!isClusterWorker()) return
  worker(engines).engines = engines
}

/** Tells the primary about these registries unless it is told about others already. */
export function tellPrimaryFirst(engines: readonly EngineRegistry[]): void {
  if (isClusterWorker()) worker(engines)
}

function worker(engines: readonly EngineRegistry[]): ClusterWorker {
  return processWide('telltale.cluster-worker.1', () => {
    const made = new ClusterWorker(engines)
    made.listen()
    return made
  })
}

function isClusterWorker(): boolean {
  return process.send !== undefined && nodeCluster().isWorker
}

function snapshotsOf(gathering: Gathering, engine: EngineRegistry): readonly FamilySnapshot[] {
  return snapshotOf(gathering, (family) => aggregatorOf(family, engine))
}
