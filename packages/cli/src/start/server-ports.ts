import type { ParseArgsConfig } from 'node:util'
import type { CommandArguments } from '../command-arguments.js'

/** Where everything listens. */
export interface ServerPorts {
  readonly app: number
  readonly metrics: number
  readonly prometheus: number
  readonly alertmanager: number
  readonly nodeExporter: number
}

/** The options for `parseArgs`. */
export const portFlags = {
  'app-port': { type: 'string', default: '3000' },
  'metrics-port': { type: 'string', default: '9090' },
  'prometheus-port': { type: 'string', default: '9091' },
  'alertmanager-port': { type: 'string', default: '9093' },
  'node-exporter-port': { type: 'string', default: '9100' },
} as const satisfies ParseArgsConfig['options']

type PortFlag = keyof typeof portFlags

/** Their lines of the help. */
export const portUsage = `  --app-port N               port of the application (default 3000)
  --metrics-port N           port of its metrics (default 9090)
  --prometheus-port N        port of Prometheus, or the next free one (default 9091)
  --alertmanager-port N      port of Alertmanager, or the next free one (default 9093)
  --node-exporter-port N     port of node_exporter, or the next free one (default 9100)`

/** Reads them. Throws TELLTALE_USAGE. */
export function readPorts(
  command: CommandArguments,
  values: Readonly<Record<PortFlag, string>>,
): ServerPorts {
  const port = (flag: PortFlag) =>
    command.wholeNumber(flag, values[flag], { from: 1, to: 65_535, what: 'a port' })
  const ports: ServerPorts = {
    app: port('app-port'),
    metrics: port('metrics-port'),
    prometheus: port('prometheus-port'),
    alertmanager: port('alertmanager-port'),
    nodeExporter: port('node-exporter-port'),
  }
  if (ports.app !== ports.metrics) return ports
  throw command.fault(
    `--app-port and --metrics-port are both ${ports.app}; give two: the metrics have a server of their own`,
  )
}
