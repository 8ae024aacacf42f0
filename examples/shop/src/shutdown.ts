import type { Log } from './log.js'

const DEADLINE_MS = 8_000

/** What has to be closed, in the order in which it was opened. */
export class Shutdown {
  readonly #steps: { readonly name: string; close(): void | Promise<void> }[] = []
  readonly #log: Log

  constructor(log: Log) {
    this.#log = log
  }

  add(name: string, close: () => void | Promise<void>): void {
    this.#steps.push({ name, close })
  }

  /** Closes everything, the last opened first. What fails to close is told and holds up nothing. */
  async run(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step.close()
      } catch (error) {
        this.#log.warn(`${step.name} did not close: ${error instanceof Error ? error.message : error}`)
      }
    }
  }
}

/** Closes on SIGTERM and SIGINT, then ends the process: 0, or 1 when asked twice or when it takes too long. */
export function closeOnSignal(close: () => Promise<void>, log: Log): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info(`${signal}: closing.`)
      process.once(signal, () => process.exit(1))
      setTimeout(() => {
        log.warn(`Not closed within ${DEADLINE_MS / 1000} s, ending anyway.`)
        process.exit(1)
      }, DEADLINE_MS).unref()
      void close().then(() => process.exit(0))
    })
  }
}
