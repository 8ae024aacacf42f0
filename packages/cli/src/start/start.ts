import { relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type EndingSignal, exitCodeOf } from '../exit-code.js'
import { ChildGroup } from '../stack/child-group.js'
import type { ChildServer } from '../stack/child-server.js'
import { PrometheusApi } from '../stack/prometheus-api.js'
import { provision } from '../stack/provision.js'
import { monitoringServers } from '../stack/server-kind.js'
import { WebhookReceiver } from '../stack/webhook-receiver.js'
import type { Terminal } from '../terminal.js'
import { type AddressRow, printAddresses } from './address-table.js'
import { type Application, applicationOf, startApplication } from './application.js'
import { watchLauncher } from './launcher.js'
import { type Monitoring, type MonitoringPlan, renderConfiguration, startMonitoring } from './monitoring.js'
import { alertmanagerPage, livePage, prometheusPages } from './pages.js'
import { planPorts } from './port-plan.js'
import { RunFolder } from './run-folder.js'
import type { StartOptions } from './start-options.js'
import { Watch } from './watch.js'

/** Why a run ends: asked for from outside, or because nothing is left to run. */
type Ending = 'asked' | 'nothing left'

/**
 * Runs the application and what watches it until a signal, and leaves nothing behind. Resolves with the exit
 * code; rejects when the application cannot be started.
 */
export async function start(options: StartOptions, terminal: Terminal): Promise<number> {
  const run = new StackRun(options, terminal)
  try {
    return await run.untilEnd()
  } finally {
    await run.close()
  }
}

class StackRun {
  readonly #options: StartOptions
  readonly #terminal: Terminal
  readonly #group: ChildGroup
  readonly #ending: Promise<Ending>
  readonly #fetching = new AbortController()
  #end: (ending: Ending) => void = () => undefined
  #asked = false
  #up: Promise<void> = Promise.resolve()
  #folder: RunFolder | undefined
  #webhook: WebhookReceiver | undefined
  #watch: Watch | undefined
  #alive = 0

  constructor(options: StartOptions, terminal: Terminal) {
    this.#options = options
    this.#terminal = terminal
    this.#ending = new Promise((resolve) => {
      this.#end = resolve
    })
    this.#group = new ChildGroup({ onSignal: (signal) => this.#ask(signal) })
    terminal.onClosed(() => this.#end('asked'))
  }

  async untilEnd(): Promise<number> {
    const launcher = watchLauncher(() => this.#end('asked'))
    try {
      this.#up = this.#bringUp()
      // A failure after the end was asked for is a consequence of it.
      this.#up.catch(() => undefined)
      await Promise.race([this.#up, this.#ending])
      return (await this.#ending) === 'asked' ? 0 : 1
    } finally {
      launcher.stop()
    }
  }

  async close(): Promise<void> {
    this.#watch?.stop()
    if (this.#asked) this.#terminal.line('\n  stopping…')
    this.#fetching.abort()
    await this.#group.stop()
    // A fetch that was ended removes what it had begun, and gets a moment for that.
    await Promise.race([this.#up.catch(() => undefined), delay(2_000, undefined, { ref: false })])
    await this.#webhook?.stop()
    await this.#folder?.close()
    if (this.#asked) this.#terminal.line('  stopped: nothing is left running')
  }

  async #bringUp(): Promise<void> {
    const options = this.#options
    const application = applicationOf(options)
    const ports = await planPorts(options)
    for (const line of ports.moved) this.#note(line)
    const say = (line: string) => this.#note(line)
    const servers = await provision(monitoringServers, {
      directory: options.directory,
      fetch: !options.offline,
      say,
      signal: this.#fetching.signal,
    })
    if (this.#fetching.signal.aborted) return
    if (servers.remedy !== undefined) this.#warn(servers.remedy)
    this.#folder = await RunFolder.create(options.directory, { keep: options.keepData })
    this.#webhook = await WebhookReceiver.start()
    const plan: MonitoringPlan = {
      installations: servers.found,
      ports,
      folder: this.#folder,
      options,
      webhook: this.#webhook.url,
      failed: (message) => this.#warn(`${message}\n  the rest goes on without it`),
    }
    const files = await renderConfiguration(plan)
    this.#note(`starting the ${application.name}`)
    const log = this.#folder.log(application.name)
    this.#mind(await startApplication(this.#group, application, options, log))
    const monitoring = await startMonitoring(this.#group, plan, files)
    for (const server of [monitoring.prometheus, monitoring.alertmanager, monitoring.nodeExporter]) {
      if (server !== undefined) this.#mind(server.child)
    }
    await this.#printAddresses(application, monitoring)
    if (!this.#asked) this.#watch = new Watch(this.#terminal, monitoring.prometheus?.url, this.#webhook)
  }

  /** Says so when a child ends unasked, and ends the run with the last one. */
  #mind(child: ChildServer): void {
    this.#alive++
    void child.ended.then(() => {
      this.#alive--
      if (child.stopRequested) return
      this.#warn(child.obituary())
      if (this.#alive === 0) this.#end('nothing left')
      else this.#note('the rest goes on; Ctrl-C stops it')
    })
  }

  async #printAddresses(application: Application, monitoring: Monitoring): Promise<void> {
    const { terminal, folder } = { terminal: this.#terminal, folder: this.#folder }
    const { bold, green } = terminal.colours
    const live = await livePage(application.metricsUrl)
    const rows: AddressRow[] = [
      { name: application.name, address: application.url, about: application.about },
      { name: 'metrics', address: application.metricsUrl, about: 'what it says about itself' },
      ...(live === undefined
        ? []
        : [{ name: 'live', address: live, about: 'what it does right now, in a browser' }]),
      ...(await prometheusRows(monitoring)),
      ...(await alertmanagerRows(monitoring)),
      ...nodeExporterRows(monitoring),
    ]
    const here = (path: string) => relative(this.#options.directory, path)
    rows.push({ name: 'configuration', address: here(monitoring.configFile), about: 'as it runs' })
    if (folder !== undefined)
      rows.push({ name: 'logs', address: here(folder.file('logs')), about: 'of each server' })
    terminal.line()
    terminal.line(`  ${green('●')} ${bold(`the ${application.name} is running`)}${watchedBy(monitoring)}`)
    terminal.line()
    printAddresses(rows, terminal)
    terminal.line()
    terminal.line('  Ctrl-C stops everything.')
    terminal.line()
  }

  /** The second request does not wait for anyone. */
  #ask(signal: EndingSignal): void {
    if (this.#asked) {
      this.#terminal.line('  killed')
      process.exit(exitCodeOf(signal))
    }
    this.#asked = true
    this.#end('asked')
  }

  #note(text: string): void {
    this.#terminal.line(`  ${this.#terminal.colours.dim('·')} ${text}`)
  }

  #warn(text: string): void {
    this.#terminal.line(`  ${this.#terminal.colours.yellow('!')} ${text}`)
  }
}

function watchedBy({ prometheus }: Monitoring): string {
  return prometheus === undefined ? ', and nothing watches it' : ' and Prometheus is watching it'
}

async function prometheusRows({ prometheus }: Monitoring): Promise<AddressRow[]> {
  if (prometheus === undefined) return []
  const version = (await new PrometheusApi(prometheus.url).version()).replace(/\+.*/, '')
  const pages = await prometheusPages(prometheus.url)
  return [
    { name: 'Prometheus', address: pages.targets, about: `what is scraped (Prometheus ${version})` },
    { name: '', address: pages.alerts, about: "the guide's four alerts and better ones" },
    { name: '', address: pages.graph, about: 'requests per second' },
  ]
}

async function alertmanagerRows({ alertmanager }: Monitoring): Promise<AddressRow[]> {
  if (alertmanager === undefined) return []
  const address = await alertmanagerPage(alertmanager.url)
  return [{ name: 'Alertmanager', address, about: 'alerts on their way; what arrives is printed here' }]
}

function nodeExporterRows({ nodeExporter }: Monitoring): AddressRow[] {
  if (nodeExporter === undefined) return []
  return [{ name: 'node_exporter', address: `${nodeExporter.url}/metrics`, about: 'the machine' }]
}
