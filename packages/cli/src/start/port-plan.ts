import { CommandError } from '../command-error.js'
import { isPortFree, nextFreePort } from '../stack/ports.js'
import type { StartOptions } from './start-options.js'

/** The ports of the servers that can move, and a line for each that did. */
export interface PortPlan {
  readonly prometheus: number
  readonly alertmanager: number
  readonly nodeExporter: number
  readonly moved: readonly string[]
}

/**
 * Decides who listens where. The application's two ports are promised to its users, so one in use is an error
 * (TELLTALE_PORT_IN_USE); the servers take the next free one.
 */
export async function planPorts(options: StartOptions): Promise<PortPlan> {
  const { ports } = options
  const taken = new Set<number>([ports.app, ports.metrics])
  const command = options.calledAs ?? startCommand()
  await requireFree(ports.app, 'the application', `${command} --app-port`, taken)
  await requireFree(ports.metrics, 'the metrics of the application', `${command} --metrics-port`, taken)
  const moved: string[] = []
  const place = async (name: string, wanted: number) => {
    const port = await nextFreePort(wanted, taken)
    taken.add(port)
    if (port !== wanted) moved.push(`port ${wanted} is in use: ${name} takes ${port}`)
    return port
  }
  return {
    prometheus: await place('Prometheus', ports.prometheus),
    alertmanager: await place('Alertmanager', ports.alertmanager),
    nodeExporter: await place('node_exporter', ports.nodeExporter),
    moved,
  }
}

function startCommand(): string {
  return process.env.npm_lifecycle_event === 'start' ? 'npm start --' : 'telltale start'
}

async function requireFree(
  port: number,
  who: string,
  remedy: string,
  taken: ReadonlySet<number>,
): Promise<void> {
  if (await isPortFree(port)) return
  const other = await nextFreePort(port + 1, taken)
  throw new CommandError(
    'TELLTALE_PORT_IN_USE',
    `port ${port} is needed for ${who} and is in use; stop what listens there, or choose another port: ${remedy} ${other}`,
  )
}
