import { freePorts } from '../../support/free-ports.js'
import { isCount, samplesIn } from '../group/running-group.js'

const WAIT_MS = 60_000
/** Node.js' cluster may hand a connection to a worker that ends in this moment; nobody answers it. */
const ANSWER_MS = 2000

/** Asks the processes of one application, keeps count of their answers, and scrapes them. */
export class Client {
  readonly env: Readonly<Record<string, string>>
  /** How many requests were sent; what the application counts is not more. */
  asked = 0
  /** How many of them were answered; what the application counts is not less. */
  answered = 0
  readonly pids = new Set<string>()
  readonly #ports: readonly number[]
  readonly #metricsPort: number

  private constructor(ports: readonly number[], metricsPort: number) {
    this.#ports = ports
    this.#metricsPort = metricsPort
    this.env = { PORTS: ports.join(), METRICS_PORT: String(metricsPort) }
  }

  /** Of an application whose processes have so many ports in all. */
  static async of(ports: number): Promise<Client> {
    const [metricsPort, ...others] = await freePorts(ports + 1)
    return new Client(others, metricsPort!)
  }

  /** Sends so many requests, one after the other, until each is answered. */
  async ask(times: number): Promise<void> {
    for (const until = this.answered + times; this.answered < until; ) await this.#askOnce()
  }

  async scrape(): Promise<ReadonlyMap<string, number>> {
    for (;;) {
      const samples = await this.#tryScrape()
      if (samples !== undefined) return samples
      await pause()
    }
  }

  /** Resolves when so many processes are connected. */
  members(count: number): Promise<void> {
    return until(async () => (await this.scrape()).get('telltale_group_members') === count)
  }

  async isServed(): Promise<boolean> {
    return (await this.#tryScrape()) !== undefined
  }

  /** Asks and scrapes until `work` is done; resolves with the samples that fell meanwhile. */
  async underLoad(work: () => Promise<void>): Promise<readonly string[]> {
    let isOver = false
    const done = work().finally(() => {
      isOver = true
    })
    const asking = (async () => {
      while (!isOver) await this.#askOnce()
    })()
    const falls: string[] = []
    const seen = new Map<string, number>()
    while (!isOver) {
      for (const [sample, value] of (await this.#tryScrape()) ?? []) {
        const before = seen.get(sample) ?? 0
        if (isCount(sample) && value < before) falls.push(`${sample}: ${before} to ${value}`)
        seen.set(sample, value)
      }
    }
    await Promise.all([done, asking])
    return falls
  }

  async #askOnce(): Promise<void> {
    const port = this.#ports[this.asked % this.#ports.length]
    this.asked++
    try {
      this.pids.add(await textAt(`http://127.0.0.1:${port}/`))
      this.answered++
    } catch {
      // The process that had taken it has ended.
      await pause()
    }
  }

  async #tryScrape(): Promise<ReadonlyMap<string, number> | undefined> {
    try {
      return samplesIn(await textAt(`http://127.0.0.1:${this.#metricsPort}/metrics`))
    } catch {
      return undefined
    }
  }
}

/** Resolves when it holds, of which it is asked again and again. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + WAIT_MS
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it never was so')
    await pause()
  }
}

async function textAt(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) })
  if (!answer.ok) throw new Error(`${url}: status ${answer.status}`)
  return answer.text()
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10))
}
