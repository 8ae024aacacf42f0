import { mkdir } from 'node:fs/promises'
import { startAlertmanagerServer } from '../stack/alertmanager-server.js'
import type { ChildGroup } from '../stack/child-group.js'
import type { Installation } from '../stack/installation.js'
import { startNodeExporterServer } from '../stack/node-exporter-server.js'
import { type RunningServer, startPrometheusServer } from '../stack/prometheus-server.js'
import { type RealAddresses, renderAlertmanager, renderPrometheus } from '../stack/rendered-configuration.js'
import {
  alertmanagerServer,
  nodeExporterServer,
  prometheusServer,
  type ServerKind,
} from '../stack/server-kind.js'
import type { PortPlan } from './port-plan.js'
import type { RunFolder } from './run-folder.js'
import type { StartOptions } from './start-options.js'

/** The prediction of better_rules.yml looks three weeks back. */
const retention = '30d'

/** The servers around the application; one that is missing or did not start is `undefined`. */
export interface Monitoring {
  readonly prometheus: RunningServer | undefined
  readonly alertmanager: RunningServer | undefined
  readonly nodeExporter: RunningServer | undefined
  /** The rendered prometheus.yml. */
  readonly configFile: string
}

export interface MonitoringPlan {
  readonly installations: ReadonlyMap<ServerKind, Installation>
  readonly ports: PortPlan
  readonly folder: RunFolder
  readonly options: StartOptions
  readonly webhook: string
  /** Told why a server did not start; the others go on. */
  readonly failed: (message: string) => void
}

/** The configuration as it runs. */
export interface RenderedFiles {
  readonly prometheus: string
  readonly alertmanager: string
}

/** Writes the configuration with the real addresses into the folder of the run. Rejects with TELLTALE_DEPLOY. */
export async function renderConfiguration(plan: MonitoringPlan): Promise<RenderedFiles> {
  const { installations, ports, folder, options } = plan
  const real: RealAddresses = {
    metrics: `localhost:${options.ports.metrics}`,
    nodeExporter: installations.has(nodeExporterServer) ? `localhost:${ports.nodeExporter}` : undefined,
    alertmanager: installations.has(alertmanagerServer) ? `localhost:${ports.alertmanager}` : undefined,
    prometheus: `localhost:${ports.prometheus}`,
    webhook: plan.webhook,
  }
  return {
    prometheus: await renderPrometheus(options.deploy, folder.path, real),
    alertmanager: await renderAlertmanager(options.deploy, folder.path, real),
  }
}

/** Starts what is installed, side by side. Never rejects because of one of them. */
export async function startMonitoring(
  group: ChildGroup,
  plan: MonitoringPlan,
  files: RenderedFiles,
): Promise<Monitoring> {
  const { installations, ports, folder } = plan
  for (const data of ['prometheus', 'alertmanager'])
    await mkdir(folder.file('data', data), { recursive: true })

  const start = async (kind: ServerKind, run: (installation: Installation) => Promise<RunningServer>) => {
    const installation = installations.get(kind)
    if (installation === undefined) return undefined
    return run(installation).catch((error: unknown) => {
      plan.failed(error instanceof Error ? error.message : String(error))
      return undefined
    })
  }
  const [prometheus, alertmanager, nodeExporter] = await Promise.all([
    start(prometheusServer, (installation) =>
      startPrometheusServer(group, installation, {
        port: ports.prometheus,
        configFile: files.prometheus,
        dataFolder: folder.file('data/prometheus'),
        logFile: folder.log('prometheus'),
        flags: [`--storage.tsdb.retention.time=${retention}`],
      }),
    ),
    start(alertmanagerServer, (installation) =>
      startAlertmanagerServer(group, installation, {
        port: ports.alertmanager,
        configFile: files.alertmanager,
        dataFolder: folder.file('data/alertmanager'),
        logFile: folder.log('alertmanager'),
      }),
    ),
    start(nodeExporterServer, (installation) =>
      startNodeExporterServer(group, installation, {
        port: ports.nodeExporter,
        logFile: folder.log('node_exporter'),
      }),
    ),
  ])
  return { prometheus, alertmanager, nodeExporter, configFile: files.prometheus }
}
