import { commentedYaml } from './commented-yaml.js'
import { dashboardMaps } from './dashboard-files.js'
import type { GeneratedFile } from './generated-file.js'
import { type MonitoringPlan, monitoringFolder } from './monitoring-plan.js'
import { guideRules, packRules } from './rule-files.js'

const folder = `${monitoringFolder}/kubernetes`

/** Objects for the Prometheus Operator, and the dashboards for the sidecar of Grafana's chart. */
export async function kubernetesFiles(plan: MonitoringPlan): Promise<readonly GeneratedFile[]> {
  return [
    { path: `${folder}/podmonitor.yaml`, text: podMonitor(plan) },
    { path: `${folder}/prometheusrule.yaml`, text: prometheusRule(plan) },
    ...(await dashboardMaps(plan, `${folder}/dashboards.yaml`)),
  ]
}

const nameLabel = 'app.kubernetes.io/name'

function metadata({ name, namespace }: MonitoringPlan) {
  return { name, ...(namespace !== undefined && { namespace }), labels: { [nameLabel]: name } }
}

function podMonitor(plan: MonitoringPlan): string {
  const { name, language } = plan
  const about = {
    en: [
      `Scrapes every pod with the label ${nameLabel}: ${name} on its port named metrics:`,
      '  ports: [{ name: metrics, containerPort: 9090 }]',
      "  env: [{ name: METRICS_HOST, value: '0.0.0.0' }]",
      'Where the Prometheus object has a podMonitorSelector, add the labels that it asks for.',
    ].join('\n'),
    ko: [
      `${nameLabel}: ${name} 레이블이 있는 모든 파드의 metrics 포트를 수집합니다:`,
      '  ports: [{ name: metrics, containerPort: 9090 }]',
      "  env: [{ name: METRICS_HOST, value: '0.0.0.0' }]",
      'Prometheus 객체에 podMonitorSelector가 있으면 그 레이블을 더하세요.',
    ].join('\n'),
  }
  const data = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: metadata(plan),
    spec: {
      // The job is the name of the application, as the rules and the dashboards expect.
      jobLabel: nameLabel,
      selector: { matchLabels: { [nameLabel]: name } },
      sampleLimit: 100_000,
      labelLimit: 40,
      podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '15s', scrapeTimeout: '5s' }],
    },
  }
  return commentedYaml([{ about, data }], language)
}

function prometheusRule(plan: MonitoringPlan): string {
  const about = {
    en: 'Where the Prometheus object has a ruleSelector, add the labels that it asks for.',
    ko: 'Prometheus 객체에 ruleSelector가 있으면 그 레이블을 더하세요.',
  }
  const groups = [{ name: 'nodejs-app', rules: guideRules }, ...packRules(plan, [plan.name]).groups]
  const data = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: metadata(plan),
    spec: { groups },
  }
  return commentedYaml([{ about, data }], plan.language)
}
