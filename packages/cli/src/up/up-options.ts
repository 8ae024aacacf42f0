import { resolve } from 'node:path'
import type { ParseArgsConfig } from 'node:util'
import { CommandArguments } from '../command-arguments.js'
import { helpText } from '../command-help.js'
import { monitoringFolder } from '../generate/index.js'
import { portFlags, portUsage, readPorts, type ServerPorts } from '../start/server-ports.js'

/** What `telltale up` was asked for. */
export interface UpOptions {
  readonly directory: string
  /** The folder of prometheus.yml, from that of the project. */
  readonly monitoring: string
  /** The command behind `--`; none for that of the project. */
  readonly command: readonly string[]
  readonly ports: ServerPorts
  readonly keepData: boolean
  readonly offline: boolean
}

const flags = {
  ...portFlags,
  monitoring: { type: 'string', default: monitoringFolder },
  'keep-data': { type: 'boolean', default: false },
  offline: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options']

const command = new CommandArguments('up')

/** The help of `telltale up`. */
export const upUsage = helpText({
  usage: 'up [DIR] [options] [-- COMMAND…]',
  about:
    'Runs the application in DIR (default: here) with Prometheus, Alertmanager and node_exporter around it.',
  details: `Its configuration is the folder monitoring/, which telltale init makes. Ctrl-C stops all of it.

The application is started with COMMAND, or with its script start, dev or serve, or with its main file. It gets PORT
and METRICS_PORT, and has a minute to serve its metrics. Alerts are printed here; remote_write is left out.
Servers that are not on the PATH are fetched with the distribution's packages on Debian and Ubuntu.`,
  options: `${portUsage}
  --monitoring DIR           folder of prometheus.yml, alertmanager.yml and rules (default monitoring)
  --keep-data                keep what was collected in .telltale/kept and go on with it next time
  --offline                  fetch nothing
  -h, --help                 this text`,
  examples: `  telltale up
  telltale up --app-port 8080 -- node --watch server.js`,
  exitCode:
    '0 stopped by Ctrl-C or SIGTERM, 130 or 143 killed by a second one, 1 something failed, 2 wrong arguments',
})

/** Reads the arguments after `up`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export function parseUp(args: readonly string[], directory: string): UpOptions | undefined {
  const end = args.indexOf('--')
  const own = end < 0 ? args : args.slice(0, end)
  const { values, positionals } = read(own)
  if (values.help) return undefined
  if (end >= 0 && args.length === end + 1)
    throw command.fault('behind -- there is no command; give one, or leave -- out')
  const folder = command.atMostOne(positionals, 'folders', 'give one; a command stands behind --')
  const project = resolve(directory, folder ?? '.')
  return {
    directory: project,
    monitoring: resolve(project, values.monitoring),
    command: end < 0 ? [] : args.slice(end + 1),
    ports: readPorts(command, values),
    keepData: values['keep-data'],
    offline: values.offline,
  }
}

function read(args: readonly string[]) {
  return command.parse({ args: [...args], options: flags, strict: true, allowPositionals: true })
}
