import { resolve } from 'node:path'
import type { ParseArgsConfig } from 'node:util'
import { CommandArguments } from '../command-arguments.js'
import { helpText } from '../command-help.js'
import { portFlags, portUsage, readPorts, type ServerPorts } from './server-ports.js'

/** What `telltale start` was asked for. */
export interface StartOptions {
  /** A line for the shell; `undefined` for the shop of this repository. */
  readonly app: string | undefined
  readonly ports: ServerPorts
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
  ...portFlags,
  'no-traffic': { type: 'boolean', default: false },
  'keep-data': { type: 'boolean', default: false },
  offline: { type: 'boolean', default: false },
  deploy: { type: 'string', default: 'deploy' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options']

const command = new CommandArguments('start')

/** The help of `telltale start`. */
export const startUsage = helpText({
  usage: 'start [options]',
  about: 'Runs an application with everything that watches it: Prometheus, Alertmanager and node_exporter.',
  details: `Servers that are not on the PATH are fetched with the distribution's packages on Debian and Ubuntu.
TELLTALE_SERVER_PATH, when set, is searched for servers instead of PATH.`,
  options: `  --app COMMAND              the application's command; it gets PORT and METRICS_PORT (default: the shop)
${portUsage}
  --no-traffic               the shop makes no traffic of its own
  --keep-data                keep what was collected in .telltale/kept and go on with it next time
  --offline                  fetch nothing
  --deploy DIR               folder of prometheus.yml, alertmanager.yml and rules (default deploy)
  -h, --help                 this text`,
  examples: `  telltale start
  telltale start --app 'node server.js' --app-port 8080
  telltale start --offline --keep-data`,
  exitCode:
    '0 stopped by Ctrl-C or SIGTERM, 130 or 143 killed by a second one, 1 something failed, 2 wrong arguments',
})

/** Reads the arguments after `start`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export function parseStart(args: readonly string[], directory: string): StartOptions | undefined {
  const values = readFlags(args)
  if (values.help) return undefined
  return {
    app: values.app,
    ports: readPorts(command, values),
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
