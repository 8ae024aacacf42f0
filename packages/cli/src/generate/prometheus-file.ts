import { isAtLeast } from '../promql/index.js'
import { commentedYaml } from './commented-yaml.js'
import { applicationJob, type MonitoringPlan } from './monitoring-plan.js'
import { remoteWriteEntry } from './remote-write.js'

/** Far above what an application has, and below what would hurt the server. */
const limits = { sample_limit: 100_000, body_size_limit: '50MiB', label_limit: 40 }

const application = 'localhost:9090'

/** The text of prometheus.yml: the guide's three jobs, and monitoring that watches itself. */
export function prometheusFile(plan: MonitoringPlan): string {
  const sends = plan.remoteWrite !== undefined && !plan.agent
  return commentedYaml(
    [
      { data: { global: globalPart(plan, sends) } },
      {
        about: {
          en: "The guide's four alerts, and the pack with recording rules.",
          ko: '가이드의 알림 네 개와 기록 규칙을 포함한 규칙 모음입니다.',
        },
        data: { rule_files: ['alert_rules.yml', 'rules.yml'] },
      },
      {
        data: {
          alerting: { alertmanagers: [{ static_configs: [{ targets: ['alertmanager:9093'] }] }] },
        },
      },
      {
        about: {
          en: `${applicationJob}: often enough to see short troubles. nodejs-default: the same at the default pace, for long\nranges; leave it out where every sample counts. node-exporter: the machine. The last two: who watches.`,
          ko: `${applicationJob}: 짧은 문제도 보이도록 자주 수집합니다. nodejs-default: 긴 구간을 위해 기본 간격으로 수집하며,\n저장 공간이 중요하면 빼세요. node-exporter: 머신. 마지막 두 개: 모니터링 자신.`,
        },
        data: { scrape_configs: [...applicationJobs(), ...otherJobs] },
      },
      ...(sends ? [remotePart(plan)] : []),
    ],
    plan.language,
  )
}

/** The text of the configuration of an agent: it scrapes and forwards, and evaluates nothing. */
export function agentFile(plan: MonitoringPlan): string {
  return commentedYaml(
    [
      { data: { global: globalPart(plan, true, 'agent') } },
      { data: { scrape_configs: applicationJobs().slice(0, 1) } },
      remotePart(plan),
    ],
    plan.language,
  )
}

function globalPart(plan: MonitoringPlan, sends: boolean, mode: 'server' | 'agent' = 'server') {
  const { environment, name, target } = plan
  return {
    scrape_interval: '15s',
    ...(mode === 'server' && { evaluation_interval: '15s' }),
    ...(isAtLeast(target.version, '3.8') && { scrape_native_histograms: true }),
    // Without them a storage that many write to cannot tell whose samples are whose.
    ...(sends && { external_labels: { monitor: name, ...(environment !== undefined && { environment }) } }),
  }
}

function applicationJobs() {
  const job = (job_name: string, scrape_interval: string) => ({
    job_name,
    static_configs: [{ targets: [application] }],
    metrics_path: '/metrics',
    scrape_interval,
    scrape_timeout: '5s',
    ...limits,
  })
  return [job(applicationJob, '5s'), job('nodejs-default', '15s')]
}

const otherJobs = [
  { job_name: 'node-exporter', static_configs: [{ targets: ['localhost:9100'] }], ...limits },
  { job_name: 'prometheus', static_configs: [{ targets: ['localhost:9091'] }], ...limits },
  { job_name: 'alertmanager', static_configs: [{ targets: ['alertmanager:9093'] }], ...limits },
]

function remotePart({ remoteWrite }: MonitoringPlan) {
  return {
    about: {
      en: 'Where the samples go. telltale up leaves this out. Secrets are read from files.',
      ko: '샘플을 보낼 곳입니다. telltale up은 이 부분을 뺍니다. 비밀은 파일에서 읽습니다.',
    },
    data: { remote_write: remoteWrite === undefined ? [] : [remoteWriteEntry(remoteWrite)] },
  }
}
