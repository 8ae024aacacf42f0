import type { ChildGroup } from './child-group.js'
import { answers } from './http-probe.js'
import type { Installation } from './installation.js'
import type { RunningServer } from './prometheus-server.js'

export interface AlertmanagerServerOptions {
  readonly port: number
  readonly configFile: string
  readonly dataFolder: string
  readonly logFile?: string
}

/** Starts one Alertmanager, without a cluster, on the loopback address and resolves when it is ready. */
export async function startAlertmanagerServer(
  group: ChildGroup,
  installation: Installation,
  options: AlertmanagerServerOptions,
): Promise<RunningServer> {
  const { port, configFile, dataFolder, logFile } = options
  const url = `http://localhost:${port}`
  const child = await group.start({
    name: 'Alertmanager',
    command: installation.command('alertmanager'),
    args: [
      `--config.file=${configFile}`,
      `--storage.path=${dataFolder}`,
      `--web.listen-address=127.0.0.1:${port}`,
      `--web.external-url=${url}/`,
      // Empty, or it listens on every address for a cluster.
      '--cluster.listen-address=',
    ],
    env: installation.environment(),
    // Its compiled-in folders are relative to where it was unpacked: see relocate.
    cwd: installation.root,
    ready: () => answers(`http://127.0.0.1:${port}/-/ready`),
    logFile,
  })
  return { child, url }
}
