import { alertmanagerFile } from './alertmanager-file.js'
import { composeFile } from './compose-file.js'
import { grafanaFiles } from './dashboard-files.js'
import type { GeneratedFile } from './generated-file.js'
import { kubernetesFiles } from './kubernetes-files.js'
import { type MonitoringPlan, monitoringFolder } from './monitoring-plan.js'
import { agentFile, prometheusFile } from './prometheus-file.js'
import { guideRulesFile, packRulesFile } from './rule-files.js'

/** Everything below `monitoring/`. The same plan gives the same files. */
export async function monitoringFiles(plan: MonitoringPlan): Promise<readonly GeneratedFile[]> {
  const file = (name: string, text: string) => ({ path: `${monitoringFolder}/${name}`, text })
  return [
    file('prometheus.yml', prometheusFile(plan)),
    ...(plan.agent ? [file('prometheus-agent.yml', agentFile(plan))] : []),
    file('alert_rules.yml', guideRulesFile(plan)),
    file('rules.yml', packRulesFile(plan)),
    file('alertmanager.yml', alertmanagerFile(plan)),
    file('docker-compose.yml', composeFile(plan)),
    // What lies in secrets/ stays out of version control.
    file('secrets/.gitignore', '*\n!.gitignore\n'),
    ...(await grafanaFiles(plan)),
    ...(plan.kubernetes ? await kubernetesFiles(plan) : []),
  ]
}
