/** What runs between scrapes until it is stopped. */
export interface Monitor {
  stop(): void
}

/** The right to use a monitor until `release()`. */
export interface Lease<M extends Monitor> {
  readonly monitor: M
  /** Gives the monitor back; the last to do so stops it. Later calls do nothing. */
  release(): void
}

/** A monitor that starts for the first who needs it and stops with the last. */
export class SharedMonitor<M extends Monitor> {
  readonly #create: () => M
  #monitor: M | undefined
  #leases = 0

  constructor(create: () => M) {
    this.#create = create
  }

  lease(): Lease<M> {
    const monitor = this.#monitor ?? this.#create()
    this.#monitor = monitor
    this.#leases++
    let held = true
    const release = () => {
      if (held) this.#giveBack()
      held = false
    }
    return { monitor, release }
  }

  #giveBack(): void {
    if (--this.#leases > 0) return
    this.#monitor?.stop()
    this.#monitor = undefined
  }
}
