import { type ChildProcess, spawn } from 'node:child_process'
import { Agent, get } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { commandOf } from './cores.js'
import { processorSeconds } from './processor-time.js'
import { RequestStream } from './request-stream.js'

/** An application that can be measured, and what is asked of it. */
export interface CandidateOptions {
  readonly title: string
  /** As seen from here. */
  readonly script: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly paths: readonly string[]
  /** What is sent once before, to have something to read. */
  readonly posts?: readonly (readonly [path: string, body: unknown])[]
  /** What of the requests per second is to be left while it is scraped each second, in percent. */
  readonly goal?: number
}

/** What happened in one second under load. */
export interface Second {
  readonly requests: number
  /** Seconds of processor time for a request, of all threads of the application. */
  readonly processor: number
  /** How much of a core the application had. */
  readonly share: number
}

// Of one request at a time each: with fewer the application waits for the loader now and then.
const CONNECTIONS = 16
/** V8 goes on compiling what runs at a scrape for some hundred scrapes, once in the life of a process. */
const FIRST_SCRAPES = 400
const CONFLICT = 409
const PROMETHEUS = {
  accept: 'application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
  'accept-encoding': 'gzip',
}

/** An application in a process of its own, under load when it is measured. */
export class Candidate {
  readonly options: CandidateOptions
  /** The longest time that a scrape under load took, in milliseconds. */
  slowestScrape = 0
  readonly #agent = new Agent({ keepAlive: true })
  readonly #child: ChildProcess
  readonly #stream: RequestStream
  readonly #metrics: string

  private constructor(options: CandidateOptions, child: ChildProcess, at: Addresses) {
    this.options = options
    this.#child = child
    this.#stream = new RequestStream(at.application, options.paths)
    this.#metrics = at.metrics
  }

  /** Starts it, and has it get over its beginnings. */
  static async start(options: CandidateOptions): Promise<Candidate> {
    const { script, args = [], env, posts = [] } = options
    const [command, ...rest] = commandOf(fileURLToPath(new URL(script, import.meta.url)), args)
    const child = spawn(command, rest, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production', ...env },
    })
    process.once('exit', () => child.kill('SIGKILL'))
    const at = await addresses(child)
    for (const [path, body] of posts) await post(new URL(path, at.application), body)
    const candidate = new Candidate(options, child, at)
    await candidate.#settle()
    return candidate
  }

  get pid(): number {
    return this.#child.pid!
  }

  /** Some seconds under load, in each of which it is scraped once or not. */
  async underLoad(scraped: readonly boolean[]): Promise<readonly Second[]> {
    const seconds: Second[] = []
    await this.#stream.start(CONNECTIONS)
    await delay(200)
    for (const isScraped of scraped) seconds.push(await this.#second(isScraped))
    this.#stream.stop()
    return seconds
  }

  /** Milliseconds of processor time in one second without load, in which it is scraped once or not. */
  async atRest(isScraped: boolean): Promise<number> {
    const before = processorSeconds(this.pid)
    const start = performance.now()
    await until(start + 300)
    if (isScraped) await this.#scrape()
    await until(start + 1000)
    return (processorSeconds(this.pid) - before) * 1000
  }

  stop(): void {
    this.#stream.stop()
    this.#agent.destroy()
    this.#child.removeAllListeners('exit').kill('SIGKILL')
  }

  async #settle(): Promise<void> {
    await this.#stream.start(CONNECTIONS)
    await delay(1000)
    this.#stream.stop()
    for (let i = 0; i < FIRST_SCRAPES; i++) await this.#scrape()
  }

  async #second(isScraped: boolean): Promise<Second> {
    const { answers } = this.#stream
    const before = processorSeconds(this.pid)
    const start = performance.now()
    await until(start + 500)
    if (isScraped) {
      await this.#scrape()
      this.slowestScrape = Math.max(this.slowestScrape, performance.now() - start - 500)
    }
    await until(start + 1000)
    const seconds = (performance.now() - start) / 1000
    const count = this.#stream.answers - answers
    const processor = processorSeconds(this.pid) - before
    return { requests: count / seconds, processor: processor / count, share: processor / seconds }
  }

  /** As Prometheus does. */
  #scrape(): Promise<void> {
    return new Promise((resolve, reject) => {
      get(this.#metrics, { agent: this.#agent, headers: PROMETHEUS }, (res) => {
        res.resume().once('end', resolve).once('error', reject)
      }).once('error', reject)
    })
  }
}

interface Addresses {
  readonly application: URL
  readonly metrics: string
}

/** What an application says at its start: a line with the address of its metrics, and one with its own. */
function addresses(child: ChildProcess): Promise<Addresses> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout!.on('data', (bytes: Buffer) => {
      text += bytes.toString()
      const metrics = /^Metrics: +(\S+)\s/m.exec(text)?.[1]
      const application = /^(?:Application|Shop): +(http:\/\/[^/\s]+\/)/m.exec(text)?.[1]
      if (metrics && application) resolve({ metrics, application: new URL(application) })
    })
    child.once('exit', (code) => reject(new Error(`the application ended with code ${code}`)))
  })
}

/** Repeated while the application is not ready; what it has already is no fault then. */
async function post(url: URL, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }).catch(
      () => undefined,
    )
    if (answer?.ok || answer?.status === CONFLICT) return
    await delay(200)
  }
  throw new Error(`${url} takes nothing`)
}

async function until(time: number): Promise<void> {
  await delay(Math.max(0, time - performance.now()))
}
