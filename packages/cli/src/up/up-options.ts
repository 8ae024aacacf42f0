import { resolve } from 'node:path'
import type { ParseArgsConfig } from 'node:util'
import { CommandArguments } from '../command-arguments.js'
import { monitoringFolder } from '../generate/index.js'

/** What `telltale up` was asked for. */
export interface UpOptions {
  readonly directory: string
  /** The folder of prometheus.yml, from that of the project. */
  readonly monitoring: string
  /** The command behind `--`; none for that of the project. */
  readonly command: readonly string[]
  readonly ports: Readonly<Record<PortFlag, number>>
  readonly keepData: boolean
  readonly offline: boolean
}

const portFlags = {
  'app-port': { type: 'string', default: '3000' },
  'metrics-port': { type: 'string', default: '9090' },
  'prometheus-port': { type: 'string', default: '9091' },
  'alertmanager-port': { type: 'string', default: '9093' },
  'node-exporter-port': { type: 'string', default: '9100' },
} as const satisfies ParseArgsConfig['options']

type PortFlag = keyof typeof portFlags

const flags = {
  ...portFlags,
  monitoring: { type: 'string', default: monitoringFolder },
  'keep-data': { type: 'boolean', default: false },
  offline: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options']

const command = new CommandArguments('up')

/** The help of `telltale up`. */
export const upUsage = `Usage: telltale up [DIR] [options] [-- COMMAND…]

Runs the application in DIR (default: here) with Prometheus, Alertmanager and node_exporter around it, on the
configuration in its folder monitoring/, which telltale init makes. Ctrl-C stops all of it.

The application is started with COMMAND, or with its script start, dev or serve, or with its main file. It gets PORT
and METRICS_PORT, and has a minute to serve its metrics. Alerts are printed here; remote_write is left out.
Servers that are not on the PATH are fetched with the distribution's packages on Debian and Ubuntu.

  --app-port N               port of the application (default 3000)
  --metrics-port N           port of its metrics (default 9090)
  --prometheus-port N        port of Prometheus, or the next free one (default 9091)
  --alertmanager-port N      port of Alertmanager, or the next free one (default 9093)
  --node-exporter-port N     port of node_exporter, or the next free one (default 9100)
  --monitoring DIR           folder of prometheus.yml, alertmanager.yml and rules (default monitoring)
  --keep-data                keep what was collected in .telltale/kept and go on with it next time
  --offline                  fetch nothing
  -h, --help                 this text

Examples:
  telltale up
  telltale up --app-port 8080 -- node --watch server.js

Exit code: 0 stopped by Ctrl-C, 1 something failed, 2 wrong arguments.
`

/** Reads the arguments after `up`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export function parseUp(args: readonly string[], directory: string): UpOptions | undefined {
  const end = args.indexOf('--')
  const own = end < 0 ? args : args.slice(0, end)
  const { values, positionals } = read(own)
  if (values.help) return undefined
  if (end >= 0 && args.length === end + 1)
    throw command.fault('behind -- there is no command; give one, or leave -- out')
  if (positionals.length > 1) {
    throw command.fault(
      `there are ${positionals.length} folders, ${positionals.join(' and ')}; a command stands behind --`,
    )
  }
  const port = (flag: PortFlag) => portOf(flag, values[flag])
  const ports = {
    'app-port': port('app-port'),
    'metrics-port': port('metrics-port'),
    'prometheus-port': port('prometheus-port'),
    'alertmanager-port': port('alertmanager-port'),
    'node-exporter-port': port('node-exporter-port'),
  }
  if (ports['app-port'] === ports['metrics-port']) {
    throw command.fault(
      `--app-port and --metrics-port are both ${ports['app-port']}; the metrics have a port of their own`,
    )
  }
  const project = resolve(directory, positionals[0] ?? '.')
  return {
    directory: project,
    monitoring: resolve(project, values.monitoring),
    command: end < 0 ? [] : args.slice(end + 1),
    ports,
    keepData: values['keep-data'],
    offline: values.offline,
  }
}

function read(args: readonly string[]) {
  return command.parse({ args: [...args], options: flags, strict: true, allowPositionals: true })
}

function portOf(flag: string, text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= 1 && value <= 65_535) return value
  throw command.fault(`--${flag} is "${text}", which is no port; give a number from 1 to 65535`)
}
