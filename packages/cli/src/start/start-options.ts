import { resolve } from 'node:path'
import type { ParseArgsConfig } from 'node:util'
import { CommandArguments } from '../command-arguments.js'

/** What `telltale start` was asked for. */
export interface StartOptions {
  /** A line for the shell; `undefined` for the shop of this repository. */
  readonly app: string | undefined
  readonly appPort: number
  readonly metricsPort: number
  readonly prometheusPort: number
  readonly alertmanagerPort: number
  readonly nodeExporterPort: number
  readonly traffic: boolean
  readonly keepData: boolean
  readonly offline: boolean
  /** The folder of prometheus.yml, alertmanager.yml and the rules. */
  readonly deploy: string
  /** The project's folder: `.telltale` and `.servers` are made in it. */
  readonly directory: string
  /** The command as the user types it, for messages. Default: `npm start --` or `telltale start`. */
  readonly calledAs?: string
}

const flags = {
  app: { type: 'string' },
  'app-port': { type: 'string', default: '3000' },
  'metrics-port': { type: 'string', default: '9090' },
  'prometheus-port': { type: 'string', default: '9091' },
  'alertmanager-port': { type: 'string', default: '9093' },
  'node-exporter-port': { type: 'string', default: '9100' },
  'no-traffic': { type: 'boolean', default: false },
  'keep-data': { type: 'boolean', default: false },
  offline: { type: 'boolean', default: false },
  deploy: { type: 'string', default: 'deploy' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options']

const command = new CommandArguments('start')

/** The help of `telltale start`. */
export const startUsage = `Usage: telltale start [options]

Starts an application with everything that watches it: Prometheus, Alertmanager and node_exporter.
Servers that are not on the PATH are fetched with the distribution's packages on Debian and Ubuntu.

  --app COMMAND              the application's command; it gets PORT and METRICS_PORT (default: the shop)
  --app-port N               port of the application (default 3000)
  --metrics-port N           port of its metrics (default 9090)
  --prometheus-port N        port of Prometheus, or the next free one (default 9091)
  --alertmanager-port N      port of Alertmanager, or the next free one (default 9093)
  --node-exporter-port N     port of node_exporter, or the next free one (default 9100)
  --no-traffic               the shop makes no traffic of its own
  --keep-data                keep what was collected in .telltale/kept and go on with it next time
  --offline                  fetch nothing
  --deploy DIR               folder of prometheus.yml, alertmanager.yml and rules (default deploy)
  -h, --help                 this text

TELLTALE_SERVER_PATH, when set, is searched for servers instead of PATH.

Examples:
  telltale start
  telltale start --app 'node server.js' --app-port 8080
  telltale start --offline --keep-data

Exit code: 0 stopped by Ctrl-C, 1 something failed, 2 wrong arguments.
`

/** Reads the arguments after `start`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export function parseStart(args: readonly string[], directory: string): StartOptions | undefined {
  const values = readFlags(args)
  if (values.help) return undefined
  const appPort = port('app-port', values['app-port'])
  const metricsPort = port('metrics-port', values['metrics-port'])
  if (appPort === metricsPort) {
    throw command.fault(
      `--app-port and --metrics-port are both ${appPort}; the metrics have a server of their own`,
    )
  }
  return {
    app: values.app,
    appPort,
    metricsPort,
    prometheusPort: port('prometheus-port', values['prometheus-port']),
    alertmanagerPort: port('alertmanager-port', values['alertmanager-port']),
    nodeExporterPort: port('node-exporter-port', values['node-exporter-port']),
    traffic: !values['no-traffic'],
    keepData: values['keep-data'],
    offline: values.offline,
    deploy: resolve(directory, values.deploy),
    directory,
  }
}

function readFlags(args: readonly string[]) {
  return command.parse({ args: [...args], options: flags, strict: true, allowPositionals: false }).values
}

function port(flag: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= 65_535 && /^\d+$/.test(text)) return value
  throw command.fault(`--${flag} is "${text}", which is no port; give a number from 1 to 65535`)
}
