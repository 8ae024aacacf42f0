import { join } from 'node:path'
import { signals as catalogue, dashboards, type GrafanaDashboard, tuneSignals } from 'telltale/monitoring'
import { stringify } from 'yaml'
import { type MadeFile, madeBy } from '../made-files/index.js'
import { readTuningFile } from '../rules/settings-file.js'
import type { DashboardsOptions } from './dashboards-options.js'

/** Makes the files in memory. Rejects with TELLTALE_DEPLOY when the file of thresholds cannot be used. */
export async function dashboardFiles(options: DashboardsOptions): Promise<readonly MadeFile[]> {
  const { folder, kubernetes, tune, language, target, jobs, prefixes } = options
  const made = dashboards({
    language,
    target,
    jobs,
    ...(tune !== undefined && { signals: tuneSignals(catalogue, await readTuningFile(tune)) }),
    ...(prefixes !== undefined && { prefixes }),
  })
  return [
    ...(folder === undefined
      ? []
      : [...made.map((one) => modelFile(one, folder)), ...provisioning(options, folder)]),
    ...(kubernetes === undefined ? [] : [{ path: kubernetes, text: configMaps(made, options) }]),
  ]
}

function modelFile(dashboard: GrafanaDashboard, folder: string): MadeFile {
  return { path: join(folder, 'dashboards', fileName(dashboard)), text: json(dashboard) }
}

/** `overview.json` for `telltale-overview`. */
const fileName = ({ uid }: GrafanaDashboard) => `${uid.replace(/^telltale-/, '')}.json`

/** Short lists stand on one line, as formatters have them. */
function json(dashboard: GrafanaDashboard): string {
  const text = JSON.stringify(dashboard, null, 2)
  const short = text.replace(/\[\n\s+([^[\]{}\n]*(?:\n[^[\]{}\n]*){0,9})\n\s+\]/g, (_, items: string) => {
    return `[${items
      .split('\n')
      .map((item) => item.trim())
      .join(' ')}]`
  })
  return `${short}\n`
}

function provisioning(options: DashboardsOptions, folder: string): readonly MadeFile[] {
  const provider = {
    name: 'telltale',
    folder: 'Telltale',
    type: 'file',
    allowUiUpdates: false,
    options: { path: options.mounted },
  }
  const source = {
    name: 'Prometheus',
    uid: 'prometheus',
    type: 'prometheus',
    access: 'proxy',
    url: options.prometheusUrl,
    isDefault: true,
    // $__rate_interval is four times this.
    jsonData: { timeInterval: options.interval, httpMethod: 'POST' },
  }
  const file = (name: string, content: object) => ({
    path: join(folder, 'provisioning', name),
    text: `${madeBy('telltale dashboards', options.again)}${yaml({ apiVersion: 1, ...content })}`,
  })
  return [
    file(join('dashboards', 'telltale.yml'), { providers: [provider] }),
    file(join('datasources', 'prometheus.yml'), { datasources: [source] }),
  ]
}

/** One for each dashboard: together they would be too large for one. */
function configMaps(made: readonly GrafanaDashboard[], options: DashboardsOptions): string {
  const { namespace } = options
  const documents = made.map((dashboard) =>
    yaml({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: dashboard.uid,
        ...(namespace !== undefined && { namespace }),
        labels: { grafana_dashboard: '1' },
        annotations: { grafana_folder: 'Telltale' },
      },
      data: { [`${dashboard.uid}.json`]: json(dashboard) },
    }),
  )
  return `${madeBy('telltale dashboards', options.again)}${documents.join('---\n')}`
}

function yaml(data: unknown): string {
  return stringify(data, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })
}
