import { writeInSlices } from '../../exposition/slices.js'
import { defaultRegistry } from '../../registry/default-registry.js'
import { Registry } from '../../registry/registry.js'
import type { ScrapeSource } from '../../registry/scrape-source.js'
import { SeriesMemory } from './series-memory.js'
import { WriteLink, type WriteLoad } from './write-link.js'
import { planWrite, type RemoteWriterOptions, type WritePlan } from './write-options.js'
import { WriteQueue } from './write-queue.js'
import { WriteReport } from './write-report.js'
import type { WrittenSample } from './write-request.js'
import { SeriesCollection, type WrittenFamily } from './written-series.js'

/** How long a receiver may do without being told what the families are, in milliseconds. */
const METADATA_MS = 60_000

/**
 * Writes a registry to a receiver of Prometheus' remote write: Prometheus itself, Mimir, Thanos, VictoriaMetrics. For
 * jobs that end before they are scraped, for functions, and for places that no Prometheus reaches.
 *
 * `push()` writes what is there now; `start()` does so every `intervalSeconds` until `stop()`, and keeps what a receiver
 * that is away could not take. Each collection has one time, later than that of the one before, and is sent with the
 * same times however often it has to be repeated. The constructor throws `TELLTALE_OPTION`.
 */
export class RemoteWriter {
  readonly #plan: WritePlan
  readonly #source: ScrapeSource
  readonly #own: Registry
  readonly #report: WriteReport
  readonly #link: WriteLink
  readonly #memory = new SeriesMemory()
  #queue: WriteQueue | undefined
  #timer: NodeJS.Timeout | undefined
  #collecting: Promise<void> = Promise.resolve()
  #lastTimestamp = 0
  #describedAt = -Infinity

  constructor(options: RemoteWriterOptions) {
    this.#plan = planWrite(options)
    this.#source = options.registry ?? defaultRegistry()
    this.#own = new Registry()
    this.#report = new WriteReport(this.#own, this.#plan.warn)
    this.#link = new WriteLink(this.#plan.target, this.#plan.version)
  }

  /**
   * Collects and writes once; resolves when the receiver has accepted all of it. Rejects with `TELLTALE_PUSH` when it
   * does not: what was accepted by then stays accepted.
   */
  async push(): Promise<void> {
    const { timeoutSeconds, retries } = this.#plan
    for (const load of await this.#collect()) {
      await this.#link.send(this.#link.pack(load), { timeoutSeconds, retries })
      this.#report.accepted(load.samples.length)
    }
  }

  /** Begins to write, at once and then every `intervalSeconds`; a second call changes nothing. Keeps no process alive. */
  start(): void {
    if (this.#timer !== undefined) return
    const { timeoutSeconds, waitingBytes, intervalSeconds } = this.#plan
    this.#queue ??= new WriteQueue(this.#link, timeoutSeconds, waitingBytes, this.#report)
    this.#timer = setInterval(() => this.#enqueue(), intervalSeconds * 1000).unref()
    this.#enqueue()
  }

  /**
   * Writes once more and stops; resolves when everything is accepted, or after `seconds`, when what is left is given up
   * and counted. Without `start` it does nothing.
   */
  async stop(seconds = 5): Promise<void> {
    if (this.#timer === undefined) return
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#enqueue()
    await this.#collecting
    await this.#queue?.drain(seconds)
    this.#queue = undefined
  }

  #enqueue(): void {
    const queue = this.#queue
    this.#collecting = this.#collecting.then(async () => {
      this.#report.waiting(queue?.samples ?? 0)
      for (const load of await this.#collect()) queue?.add(load)
    })
  }

  /** What is there now, in loads of at most `seriesPerRequest` series. Never rejects. */
  async #collect(): Promise<readonly WriteLoad[]> {
    const { intervalSeconds, seriesPerRequest, labels } = this.#plan
    const { families, defaultLabels } = await this.#source.gather(Math.min(intervalSeconds * 0.8, 10))
    const own = await this.#own.gather()
    // Readers of version 1.0 may be older than names in UTF-8.
    const escaping = this.#link.version === '1.0' ? 'underscores' : 'allow-utf-8'
    const collection = new SeriesCollection({ ...labels, ...defaultLabels }, escaping)
    await writeInSlices([...families, ...own.families], collection)
    const timestamp = this.#nextTimestamp()
    const samples: WrittenSample[] = collection.series.map((series) => ({ ...series, timestamp }))
    const all = this.#memory.withEnded(samples, timestamp)
    const loads: WriteLoad[] = []
    for (let at = 0; at < all.length; at += seriesPerRequest) {
      loads.push({ samples: all.slice(at, at + seriesPerRequest), metadata: [] })
    }
    return this.#described(loads, timestamp)
  }

  /** Has the first load say what the families are, where that is due. */
  #described(loads: readonly WriteLoad[], timestamp: number): readonly WriteLoad[] {
    const [first, ...others] = loads
    if (first === undefined || timestamp - this.#describedAt < METADATA_MS) return loads
    this.#describedAt = timestamp
    const families = loads.flatMap(({ samples }) => samples.map(({ family }) => family))
    const metadata: readonly WrittenFamily[] = [...new Set(families)]
    return [{ ...first, metadata }, ...others]
  }

  #nextTimestamp(): number {
    this.#lastTimestamp = Math.max(Date.now(), this.#lastTimestamp + 1)
    return this.#lastTimestamp
  }
}
