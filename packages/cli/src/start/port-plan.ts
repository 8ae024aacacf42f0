import { CommandError } from '../command-error.js'
import { isPortFree, nextFreePort } from '../stack/ports.js'
import type { ServerPorts } from './server-ports.js'
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
  await requireFree(ports, options.calledAs ?? startCommand())
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

async function requireFree({ app, metrics }: ServerPorts, command: string): Promise<void> {
  const wanted = [
    { port: app, whose: 'the application', flag: '--app-port' },
    { port: metrics, whose: 'the metrics of the application', flag: '--metrics-port' },
  ]
  const free = await Promise.all(wanted.map(({ port }) => isPortFree(port)))
  const lacking = wanted.filter((_, index) => !free[index])
  if (lacking.length === 0) return
  const others = new Set([app, metrics])
  const flags: string[] = []
  for (const { port, flag } of lacking) {
    const other = await nextFreePort(port + 1, others)
    others.add(other)
    flags.push(`${flag} ${other}`)
  }
  const said = lacking.map(({ port, whose }) => `port ${port} is needed for ${whose}`).join(' and ')
  const [verb, ports] = lacking.length === 1 ? ['is', 'another port'] : ['both are', 'other ports']
  throw new CommandError(
    'TELLTALE_PORT_IN_USE',
    `${said} and ${verb} in use; stop what listens there, or choose ${ports}: ${command} ${flags.join(' ')}`,
  )
}
