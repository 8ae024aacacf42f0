import type { Finding } from '../../finding/index.js'
import { durationText, parseDuration } from '../../promql/index.js'
import type { LintSettings } from '../subject.js'
import type { ConfigPart } from './config-place.js'
import { httpClientFindings } from './http-client-checks.js'
import { relabelFindings } from './relabel-checks.js'

const defaults = { interval: 60, timeout: 10 } as const
/** Prometheus finds a sample for five minutes. */
const lookback = 300
const advised = 120

/** What is wrong with a job. */
export function jobFindings(
  job: ConfigPart,
  global: ConfigPart | undefined,
  settings: LintSettings,
  file: string,
): readonly Finding[] {
  const name = job.node.text('job_name') ?? ''
  return [
    ...(job.node.text('job_name') === ''
      ? [job.finding('yaml/missing-field', 'job_name', { field: 'job_name' })]
      : []),
    ...timeFindings(job, global),
    ...httpClientFindings(job, settings, file),
    ...relabelFindings(job, 'relabel_configs'),
    ...relabelFindings(job, 'metric_relabel_configs'),
    ...targetFindings(job),
    ...discoveryFileFindings(job, settings, file),
    ...pathFindings(job),
    ...(hasTargets(job) ? [] : [job.finding('config/no-targets', 'job_name', { job: name })]),
    ...limitFindings(job, global, name),
    ...pushgatewayFindings(job, name),
  ]
}

function timeFindings(job: ConfigPart, global: ConfigPart | undefined): readonly Finding[] {
  const own = job.node.text('scrape_interval')
  const interval = parseDuration(own ?? global?.node.text('scrape_interval') ?? '') || defaults.interval
  const ownTimeout = job.node.text('scrape_timeout')
  const findings: Finding[] = []
  const timeout = parseDuration(ownTimeout ?? '')
  if (timeout !== undefined && timeout > interval) {
    const values = { timeout: durationText(timeout), interval: durationText(interval) }
    findings.push(job.finding('config/timeout-above-interval', 'scrape_timeout', values))
  }
  const shown = { interval: durationText(interval) }
  if (interval >= lookback)
    findings.push(job.finding('config/interval-above-lookback', 'scrape_interval', shown))
  else if (interval > advised) findings.push(job.finding('config/long-interval', 'scrape_interval', shown))
  return findings
}

function targetFindings(job: ConfigPart): readonly Finding[] {
  return job.parts('static_configs').flatMap((group) =>
    group.node.list('targets').flatMap((target) => {
      if (target.kind !== 'scalar') return []
      const remedy = targetRemedy(target.text)
      if (remedy === undefined) return []
      return [
        group.findingAt(
          'config/target',
          target.place,
          { target: target.text, remedy },
          { subject: target.text },
        ),
      ]
    }),
  )
}

function targetRemedy(target: string) {
  if (target === '') return { en: 'Write a host and a port.', ko: '호스트와 포트를 쓰세요.' }
  const address = /^(https?):\/\/([^/]+)(\/.*)?$/.exec(target)
  if (address !== null) {
    const [, scheme, host, path = '/metrics'] = address
    return {
      en: `Write ${host}, with scheme: ${scheme} and metrics_path: ${path} in the job.`,
      ko: `${host} 로 쓰고 job에 scheme: ${scheme}, metrics_path: ${path} 를 쓰세요.`,
    }
  }
  if (!target.includes('/')) return undefined
  const host = target.slice(0, target.indexOf('/'))
  return {
    en: `Write ${host}, and the path as metrics_path.`,
    ko: `${host} 로 쓰고 경로는 metrics_path 로 쓰세요.`,
  }
}

function discoveryFileFindings(job: ConfigPart, settings: LintSettings, file: string): readonly Finding[] {
  return job.parts('file_sd_configs').flatMap((discovery) =>
    discovery.node.list('files').flatMap((item) => {
      if (item.kind !== 'scalar') return []
      if (!/\.(?:json|ya?ml)$/i.test(item.text)) {
        const expected = {
          en: 'a path that ends in .json, .yml or .yaml',
          ko: '.json, .yml, .yaml 로 끝나는 경로',
        }
        const values = { field: 'files', got: `"${item.text}"`, expected }
        return [discovery.findingAt('yaml/bad-value', item.place, values, { subject: item.text })]
      }
      if (settings.exists(item.text, file) !== false) return []
      return [
        discovery.findingAt(
          'config/discovery-file-missing',
          item.place,
          { file: item.text },
          { subject: item.text },
        ),
      ]
    }),
  )
}

function pathFindings(job: ConfigPart): readonly Finding[] {
  const path = job.node.text('metrics_path')
  if (path === undefined || path.startsWith('/')) return []
  return [job.finding('config/metrics-path', 'metrics_path', { path })]
}

function hasTargets({ node }: ConfigPart): boolean {
  return node.entries.some(({ key, value }) => {
    if (!key.endsWith('_configs') || value.kind !== 'list') return false
    if (key === 'static_configs') {
      return value.items.some((item) => item.kind === 'map' && item.list('targets').length > 0)
    }
    return key.endsWith('_sd_configs') && value.items.length > 0
  })
}

function limitFindings(job: ConfigPart, global: ConfigPart | undefined, name: string): readonly Finding[] {
  const has = job.node.get('sample_limit') !== undefined || global?.node.get('sample_limit') !== undefined
  return has ? [] : [job.finding('config/no-limits', 'job_name', { job: name })]
}

function pushgatewayFindings(job: ConfigPart, name: string): readonly Finding[] {
  const targets = job.parts('static_configs').flatMap((group) => group.node.list('targets'))
  const isPushgateway =
    /push-?gateway/i.test(name) ||
    targets.some(
      (target) =>
        target.kind === 'scalar' && /push-?gateway|:9091$/i.test(target.text) && /push/i.test(target.text),
    )
  if (!isPushgateway || job.node.text('honor_labels') === 'true') return []
  return [job.finding('config/honor-labels', 'job_name', { job: name })]
}
