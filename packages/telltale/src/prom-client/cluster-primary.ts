import type { Cluster, Worker } from 'node:cluster'
import type { FamilySnapshot } from '../aggregate/family-snapshot.js'
import { ProcessLedger } from '../aggregate/process-ledger.js'
import { snapshotsIn } from '../aggregate/snapshot-text.js'
import { systemClock } from '../model/clock.js'
import { processWide } from '../model/process-wide.js'
import { askMessage, isSnapshot } from './cluster-message.js'
import { nodeCluster } from './node-cluster.js'

/** How long a scrape waits for answers. A worker that took longer is not waited for again until it is heard of. */
const PATIENCE_SECONDS = 0.5
/** How often a silent worker is asked, so that its queue does not grow. */
const SILENT_SECONDS = 5
const SNAPSHOT_SECONDS = 1

interface Contact {
  /** The highest ask that was answered. */
  answered: number
  heardAt: number
  /** When the oldest ask was sent that has no answer yet. */
  waitingSince: number | undefined
  askedAt: number
}

/** What the primary of a cluster knows of its workers. There is one in a process. */
export class ClusterPrimary {
  readonly #cluster: Cluster
  readonly #ledger = new ProcessLedger<number>()
  readonly #contacts = new Map<number, Contact>()
  readonly #waiting = new Set<() => void>()
  #asks = 0
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(cluster: Cluster) {
    this.#cluster = cluster
    cluster.on('message', (worker: Worker, message: unknown) => {
      if (isSnapshot(message)) this.#heard(worker.id, message.ask, snapshotsIn(message.families))
    })
    // Its last words may come after its end; both events are over when there will be no more.
    const ended = (worker: Worker) => {
      if (worker.isDead() && !worker.isConnected()) this.#ended(worker.id)
    }
    cluster.on('exit', ended)
    cluster.on('disconnect', ended)
    this.snapshotEvery(SNAPSHOT_SECONDS)
  }

  /** Asks every worker this often, so that no more is lost when it is killed. Keeps no process alive. */
  snapshotEvery(seconds: number): void {
    clearInterval(this.#timer)
    this.#timer = setInterval(() => this.#ask(), seconds * 1000).unref()
  }

  /** Asks the workers, and waits for those that answer soon. */
  async refresh(): Promise<void> {
    const asked = this.#ask()
    const isPending = () =>
      asked.workers.some((id) => (this.#contacts.get(id)?.answered ?? asked.ask) < asked.ask)
    if (!isPending()) return
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#waiting.delete(check)
        resolve()
      }
      const check = () => {
        if (!isPending()) done()
      }
      const timer = setTimeout(done, PATIENCE_SECONDS * 1000)
      this.#waiting.add(check)
    })
  }

  /** What all workers have counted, those that have ended included, as far as is known. */
  merged(): readonly FamilySnapshot[] {
    return this.#ledger.merged()
  }

  /** How many workers have not answered for longer than a scrape waits. */
  get silentWorkers(): number {
    const now = systemClock.monotonic()
    return [...this.#contacts.values()].filter((contact) => isSilent(contact, now)).length
  }

  /** Seconds since the worker was heard of that was not for the longest time. */
  get oldestSnapshotSeconds(): number {
    const now = systemClock.monotonic()
    return Math.max(0, ...[...this.#contacts.values()].map(({ heardAt }) => now - heardAt))
  }

  #ask(): { readonly ask: number; readonly workers: readonly number[] } {
    const ask = ++this.#asks
    const now = systemClock.monotonic()
    const workers: number[] = []
    for (const worker of Object.values(this.#cluster.workers ?? {})) {
      if (!worker?.isConnected()) continue
      const contact = this.#contactOf(worker.id, now)
      const silent = isSilent(contact, now)
      if (silent && now - contact.askedAt < SILENT_SECONDS) continue
      contact.askedAt = now
      contact.waitingSince ??= now
      // A worker that ends meanwhile is no error.
      worker.send(askMessage(ask), undefined, undefined, () => {})
      if (!silent) workers.push(worker.id)
    }
    return { ask, workers }
  }

  #contactOf(id: number, now: number): Contact {
    const known = this.#contacts.get(id)
    if (known !== undefined) return known
    const contact = { answered: 0, heardAt: now, waitingSince: undefined, askedAt: now }
    this.#contacts.set(id, contact)
    return contact
  }

  #heard(id: number, ask: number, families: readonly FamilySnapshot[]): void {
    this.#ledger.update(id, families)
    const contact = this.#contactOf(id, systemClock.monotonic())
    contact.heardAt = systemClock.monotonic()
    contact.answered = Math.max(contact.answered, ask)
    contact.waitingSince = undefined
    this.#check()
  }

  #ended(id: number): void {
    this.#ledger.end(id)
    this.#contacts.delete(id)
    this.#check()
  }

  #check(): void {
    for (const check of [...this.#waiting]) check()
  }
}

/** The primary's view of its workers; `undefined` in a process that cannot have any. */
export function clusterPrimary(): ClusterPrimary | undefined {
  const cluster = nodeCluster()
  if (!cluster.isPrimary) return undefined
  return processWide('telltale.cluster-primary.1', () => new ClusterPrimary(cluster))
}

function isSilent({ waitingSince }: Contact, now: number): boolean {
  return waitingSince !== undefined && now - waitingSince > PATIENCE_SECONDS
}
