import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'
import { Pushgateway } from '../push/pushgateway.js'
import { defaultRegistry } from '../registry/default-registry.js'
import type { Registry } from '../registry/registry.js'
import { isOfPm2 } from '../serve/group/group-name.js'
import type { ListenAddress } from '../serve/listener.js'
import type { GroupSettings } from '../serve/telemetry/grouped-source.js'
import type { PushTarget } from '../serve/telemetry/last-push.js'
import { TelemetryEndpoint } from '../serve/telemetry/telemetry-endpoint.js'
import { announcement, type EndpointOptions, endpointSettings, requestLog } from './endpoint-options.js'
import { type GroupOptions, ServerGroup } from './server-group.js'
import { standInLeaves } from './stand-in.js'

/** What counts as blocked has to be longer than what happens between two signs of life. */
const LEAST_BLOCKED_SECONDS = 0.1

/** Options of {@link MetricsServer}. */
export interface MetricsServerOptions extends EndpointOptions, GroupOptions {
  readonly registry?: Registry
  /** Told of each request; a line on standard output in development, nothing otherwise, when left out. */
  readonly log?: (line: string) => void
  /**
   * Told once where the metrics are, by the process that serves them: one that waits for the port of its group says
   * nothing until it takes it over. Standard output when left out.
   */
  readonly announce?: (line: string) => void
  /**
   * Serves from a thread of its own, which answers while the event loop of the application is blocked, and whose work
   * does not hold that loop. True when left out; where no thread can be had, a warning says so and the application's
   * own thread serves.
   */
  readonly thread?: boolean
  /** Keeps the process alive while it serves. False when left out: an application ends as it would without metrics. */
  readonly keepAlive?: boolean
  /** From which length on the event loop counts as blocked, in seconds; 0.1 when left out, and at least. */
  readonly blockedSeconds?: number
  /**
   * Warns of the function that holds the event loop, while it does and at most every 10 s. To look, the inspector
   * stops the application for about 20 ms. Only with the thread, and off when left out.
   */
  readonly blockedStacks?: boolean
  /**
   * Pushes the last values to a Pushgateway when the server stops and when the process ends in any way but by a signal
   * that kills it: by `process.exit`, an uncaught exception, or because it has nothing more to do. An ending process
   * waits for that for at most 5 s; without the thread, only `stop` and SIGTERM push.
   */
  readonly pushOnExit?: PushTarget
}

/**
 * Serves the metrics on a port of their own: `/metrics` and the routes below it, `/health`, and `/`, which lists
 * them.
 */
export class MetricsServer {
  readonly port: number
  readonly #registry: Registry
  readonly #announce: (address: ListenAddress) => void
  readonly #endpoint: TelemetryEndpoint
  readonly #group: ServerGroup
  #started: Promise<ListenAddress> | undefined
  #isAnnounced = false
  readonly #onSignal = (signal: NodeJS.Signals) => void this.#end(signal)

  constructor(port = 9090, options: MetricsServerOptions = {}) {
    this.port = port
    const announce = options.announce ?? console.log
    this.#announce = (address) => announce(announcement(address, options))
    const log = requestLog(options.log, options)
    const settings = {
      endpoint: endpointSettings(port, options),
      thread: options.thread ?? true,
      keepAlive: options.keepAlive ?? false,
      blockedSeconds: checkBlockedSeconds(options.blockedSeconds ?? 0.1),
      blockedStacks: options.blockedStacks ?? false,
      pushOnExit: checkTarget(options.pushOnExit),
    }
    const registry = options.registry ?? defaultRegistry()
    this.#registry = registry
    this.#group = new ServerGroup(options, registry)
    const serving = (address: ListenAddress) => this.#say(address)
    this.#endpoint = new TelemetryEndpoint(registry, settings, { log, serving })
  }

  /** Where the server listens, `undefined` unless it does. */
  get address(): ListenAddress | undefined {
    return this.#endpoint.address
  }

  /**
   * Starts to listen; a second call changes nothing. Rejects with `TELLTALE_PORT` when the port cannot be had,
   * and with `TELLTALE_WEB_CONFIG` when a file about access or TLS cannot be used; who does not wait for it gets the same as an error on standard error, and the application goes on.
   *
   * On SIGTERM, and on the SIGINT by which PM2 ends a process, the server closes, and ends the process unless the
   * application handles the signal itself.
   */
  start(): Promise<ListenAddress> {
    this.#started ??= this.#open()
    this.#started.catch(() => {})
    return this.#started
  }

  /** Stops to listen within two seconds. Without `start` it does nothing. */
  async stop(): Promise<void> {
    const started = this.#started
    this.#started = undefined
    this.#isAnnounced = false
    await started?.catch(() => {})
    this.#ignoreSignals()
    this.#group.stop()
    await this.#endpoint.close()
  }

  async #open(): Promise<ListenAddress> {
    this.#endpoint.expectThreads()
    try {
      const leaving = standInLeaves(this.#registry, this.port)
      if (leaving !== undefined) await leaving
      const join = (group: GroupSettings) => this.#endpoint.join(group)
      const group = this.#group.find(join)
      if (group !== undefined) join(group)
      for (const signal of endSignals()) process.on(signal, this.#onSignal)
      return await this.#endpoint.open()
    } catch (error) {
      this.#started = undefined
      this.#ignoreSignals()
      await this.#endpoint.close()
      console.error(`Metrics server: ${error instanceof Error ? error.message : String(error)}`)
      throw error
    }
  }

  #say(address: ListenAddress): void {
    if (this.#isAnnounced) return
    this.#isAnnounced = true
    try {
      this.#announce(address)
    } catch (error) {
      console.error(`Metrics server: ${String(error)}`)
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    await this.stop()
    if (process.listenerCount(signal) === 0) process.exit(0)
  }

  #ignoreSignals(): void {
    for (const signal of endSignals()) process.off(signal, this.#onSignal)
  }
}

/** PM2 ends processes by SIGINT; elsewhere that is somebody at a keyboard, who does not want to wait. */
function endSignals(): readonly NodeJS.Signals[] {
  return isOfPm2(process.env) ? ['SIGTERM', 'SIGINT'] : ['SIGTERM']
}

function checkBlockedSeconds(seconds: number): number {
  if (Number.isFinite(seconds) && seconds >= LEAST_BLOCKED_SECONDS) return seconds
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `MetricsServer: got blockedSeconds ${shown(seconds)}, expected a number of seconds, ${LEAST_BLOCKED_SECONDS} or more`,
  )
}

/** Throws `TELLTALE_OPTION` for a target that nothing can be pushed to. */
function checkTarget(target: PushTarget | undefined): PushTarget | undefined {
  if (target !== undefined) new Pushgateway(target)
  return target
}
