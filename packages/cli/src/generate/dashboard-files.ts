import { dashboardFiles } from '../dashboards/dashboard-files.js'
import { comment, madeBy } from './commented-yaml.js'
import type { GeneratedFile } from './generated-file.js'
import { applicationJob, type MonitoringPlan, monitoringFolder } from './monitoring-plan.js'
import { runtimePrefixes } from './rule-files.js'

/** The dashboards, and what provisions them in the Grafana of docker-compose.yml. */
export async function grafanaFiles(plan: MonitoringPlan): Promise<readonly GeneratedFile[]> {
  const folder = `${monitoringFolder}/grafana`
  return owned(
    await dashboardFiles({ ...settings(plan, [applicationJob]), folder, kubernetes: undefined }),
    plan,
  )
}

/** The dashboards as ConfigMaps. */
export async function dashboardMaps(plan: MonitoringPlan, path: string): Promise<readonly GeneratedFile[]> {
  return owned(
    await dashboardFiles({ ...settings(plan, [plan.name]), folder: undefined, kubernetes: path }),
    plan,
  )
}

function settings(plan: MonitoringPlan, jobs: readonly string[]) {
  return {
    namespace: plan.namespace,
    tune: undefined,
    language: plan.language,
    target: plan.target.rules,
    jobs,
    prefixes: runtimePrefixes(plan),
    prometheusUrl: 'http://localhost:9091',
    interval: '5s',
    mounted: '/var/lib/grafana/dashboards',
    check: false,
    again: [],
  }
}

/** With the first line that all files of `telltale init` have. */
function owned(files: readonly GeneratedFile[], { language }: MonitoringPlan): readonly GeneratedFile[] {
  return files.map(({ path, text }) => ({
    path: path.replaceAll('\\', '/'),
    text: text.replace(/^# Made by [^\n]*/, comment(madeBy, language)),
  }))
}
