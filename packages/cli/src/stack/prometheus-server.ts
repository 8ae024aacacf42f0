import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ChildGroup } from './child-group.js'
import type { ChildServer } from './child-server.js'
import { answers } from './http-probe.js'
import type { Installation } from './installation.js'

export interface PrometheusServerOptions {
  readonly port: number
  readonly configFile: string
  readonly dataFolder: string
  readonly logFile?: string
  /** Further command line flags. */
  readonly flags?: readonly string[]
}

/** A running server of the stack: its process, and the address to reach it at, without a slash at the end. */
export interface RunningServer {
  readonly child: ChildServer
  readonly url: string
}

/** Starts Prometheus on the loopback address and resolves when it is ready. */
export async function startPrometheusServer(
  group: ChildGroup,
  installation: Installation,
  options: PrometheusServerOptions,
): Promise<RunningServer> {
  const { port, configFile, dataFolder, logFile, flags = [] } = options
  const url = `http://localhost:${port}`
  const child = await group.start({
    name: 'Prometheus',
    command: installation.command('prometheus'),
    args: [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${dataFolder}`,
      `--web.listen-address=127.0.0.1:${port}`,
      // Links in alerts would carry the host's name otherwise.
      `--web.external-url=${url}/`,
      '--web.enable-lifecycle',
      '--storage.remote.flush-deadline=1s',
      ...localAssets(installation),
      ...flags,
    ],
    env: installation.environment(),
    ready: () => answers(`http://127.0.0.1:${port}/-/ready`),
    logFile,
  })
  return { child, url }
}

/** Debian's build reads its pages from an absolute folder unless told otherwise; the flag is Debian's own. */
function localAssets({ root }: Installation): string[] {
  if (root === undefined) return []
  const web = join(root, 'usr/share/prometheus/web')
  return existsSync(web) ? [`--web.local-assets=${web}`] : []
}
