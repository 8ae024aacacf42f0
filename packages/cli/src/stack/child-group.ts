import { CommandError } from '../command-error.js'
import { type EndingSignal, endingSignals } from '../exit-code.js'
import { type ChildOptions, ChildServer } from './child-server.js'

/**
 * The child servers of one owner. As long as the group is open, none of them outlives this process: they are
 * killed when it exits, and when a signal ends it.
 */
export class ChildGroup {
  readonly #children = new Set<ChildServer>()
  readonly #onSignal: ((signal: EndingSignal) => void) | undefined
  readonly #exitListener = () => this.#killAll()
  readonly #signalListener = (signal: NodeJS.Signals) => this.#signalled(signal)
  #closed = false

  /** With `onSignal` the owner decides what SIGINT, SIGTERM and SIGHUP do; without it they kill and end. */
  constructor(options: { readonly onSignal?: (signal: EndingSignal) => void } = {}) {
    this.#onSignal = options.onSignal
    process.on('exit', this.#exitListener)
    for (const signal of endingSignals) process.on(signal, this.#signalListener)
  }

  /** Spawns a server and resolves when it is ready; rejects as {@link ChildServer.ready} does. */
  async start(options: ChildOptions): Promise<ChildServer> {
    if (this.#closed)
      throw new CommandError('TELLTALE_SERVER_DIED', `${options.name} is not started: all is stopping`)
    const child = await ChildServer.spawn(options)
    this.#children.add(child)
    if (this.#closed) await child.stop()
    void child.ended.then(() => this.#children.delete(child))
    return child.ready()
  }

  /** Stops every server at once, and takes the group's listeners off the process. The group can not be reused. */
  async stop(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#children].map((child) => child.stop()))
    process.off('exit', this.#exitListener)
    for (const signal of endingSignals) process.off(signal, this.#signalListener)
  }

  #signalled(signal: NodeJS.Signals): void {
    const ending = endingSignals.find((name) => name === signal)
    if (ending !== undefined && this.#onSignal !== undefined) {
      this.#onSignal(ending)
      return
    }
    this.#killAll()
    process.off(signal, this.#signalListener)
    // Whoever else listens decides whether the process ends; with nobody left, the signal does what it always does.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }

  #killAll(): void {
    for (const child of this.#children) child.kill()
  }
}
