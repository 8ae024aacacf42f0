import type { ChildGroup } from './child-group.js'
import { answers } from './http-probe.js'
import type { Installation } from './installation.js'
import type { RunningServer } from './prometheus-server.js'

export interface NodeExporterServerOptions {
  readonly port: number
  readonly logFile?: string
}

/** Starts node_exporter on the loopback address and resolves when it answers. */
export async function startNodeExporterServer(
  group: ChildGroup,
  installation: Installation,
  options: NodeExporterServerOptions,
): Promise<RunningServer> {
  const { port, logFile } = options
  const child = await group.start({
    name: 'node_exporter',
    command: installation.command('node_exporter'),
    args: [`--web.listen-address=127.0.0.1:${port}`],
    env: installation.environment(),
    ready: () => answers(`http://127.0.0.1:${port}/metrics`),
    logFile,
  })
  return { child, url: `http://localhost:${port}` }
}
