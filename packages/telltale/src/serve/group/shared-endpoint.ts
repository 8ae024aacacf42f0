import { systemClock } from '../../model/clock.js'
import { TelltaleError } from '../../model/error.js'
import type { Endpoint } from '../endpoint.js'
import type { ListenAddress } from '../listener.js'
import type { ProcessGroup } from './process-group.js'

/** How often a process that waits for the port looks whether it is free. */
const LOOK_MS = 100
/** For so long a process waits to meet the one that has its port. */
const MEET_SECONDS = 2
/** The same while it is not yet known who leads: others may be about to take the lead. */
const JOIN_SECONDS = 12

/**
 * The endpoint of one process of a group. Any process serves the whole group, so where the port is taken already, and
 * there are others in the group, this one waits and takes the port over when it becomes free.
 */
export class SharedEndpoint {
  readonly #endpoint: Endpoint
  readonly #group: ProcessGroup
  readonly #wanted: ListenAddress
  #timer: NodeJS.Timeout | undefined
  #isClosed = false
  #mayEnd = false

  constructor(endpoint: Endpoint, group: ProcessGroup, wanted: ListenAddress) {
    this.#endpoint = endpoint
    this.#group = group
    this.#wanted = wanted
  }

  /** Where the metrics of the group are: served by this process, or by another one while this one waits. */
  get address(): ListenAddress | undefined {
    return this.#endpoint.address ?? (this.#timer === undefined ? undefined : this.#wanted)
  }

  /** Whether another process has the port. */
  get isWaiting(): boolean {
    return this.#timer !== undefined
  }

  /**
   * Listens, or begins to wait for the port. Rejects as an endpoint does, and with `TELLTALE_PORT` when the port is
   * taken and no other process of the group is there.
   */
  async open(): Promise<ListenAddress> {
    const since = systemClock.monotonic()
    for (;;) {
      try {
        return await this.#endpoint.open()
      } catch (error) {
        if (!isTaken(error)) throw error
        if (this.#group.hasOthers) return this.#wait()
        const patience = this.#group.role === 'joining' ? JOIN_SECONDS : MEET_SECONDS
        if (this.#isClosed || systemClock.monotonic() - since > patience) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  }

  /** Lets the process end while it serves or waits. */
  unref(): void {
    this.#mayEnd = true
    this.#timer?.unref()
    this.#endpoint.unref()
  }

  /** Stops serving or waiting, and leaves the group with the last values of this process in it. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#timer = undefined
    await Promise.all([this.#endpoint.close(), this.#group.stop()])
  }

  #wait(): ListenAddress {
    this.#timer = setTimeout(() => void this.#look(), LOOK_MS)
    if (this.#mayEnd) this.#timer.unref()
    return this.#wanted
  }

  async #look(): Promise<void> {
    try {
      await this.#endpoint.open()
      if (this.#isClosed) return await this.#endpoint.close()
      this.#timer = undefined
      if (this.#mayEnd) this.#endpoint.unref()
    } catch (error) {
      if (!isTaken(error)) process.emitWarning(String(error), { type: 'TelltaleWarning' })
      if (!this.#isClosed) this.#wait()
    }
  }
}

function isTaken(error: unknown): boolean {
  return (
    error instanceof TelltaleError &&
    (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE'
  )
}
