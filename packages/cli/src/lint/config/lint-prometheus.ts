import type { Finding } from '../../finding/index.js'
import { parseDuration } from '../../promql/index.js'
import type { YamlNode } from '../../yaml-document/index.js'
import { checkShape } from '../schema/check-shape.js'
import type { LintSettings, Subject } from '../subject.js'
import { ConfigPart } from './config-place.js'
import { httpClientFindings } from './http-client-checks.js'
import { jobFindings } from './job-checks.js'
import { prometheusShape } from './prometheus-shape.js'
import { relabelFindings } from './relabel-checks.js'

/** Checks prometheus.yml: what Prometheus refuses, and what it takes and its users regret. `file` is its path. */
export function lintPrometheus(
  root: YamlNode,
  subject: Subject,
  settings: LintSettings,
  file: string,
): readonly Finding[] {
  const shape = checkShape(root, prometheusShape, '', {
    subject,
    version: settings.prometheus,
    server: 'Prometheus',
  })
  if (root.kind !== 'map') return shape
  const whole = new ConfigPart(root, '', subject)
  return [
    ...shape,
    ...globalFindings(whole),
    ...ruleFileFindings(whole, settings, file),
    ...scrapeFindings(whole, settings, file),
    ...alertingFindings(whole, settings, file),
    ...remoteFindings(whole, settings, file),
  ]
}

function globalFindings(whole: ConfigPart): readonly Finding[] {
  const global = whole.part('global')
  if (global === undefined) return []
  const interval = global.node.text('scrape_interval')
  const timeout = global.node.text('scrape_timeout')
  const tooLong =
    timeout !== undefined && (parseDuration(timeout) ?? 0) > (parseDuration(interval ?? '1m') ?? 60)
  if (!tooLong) return []
  return [
    global.finding('config/timeout-above-interval', 'scrape_timeout', {
      timeout,
      interval: interval ?? '1m',
    }),
  ]
}

function ruleFileFindings(whole: ConfigPart, settings: LintSettings, file: string): readonly Finding[] {
  const files = whole.node.list('rule_files')
  const isAgent = whole.node.list('remote_write').length > 0
  if (files.length === 0) return isAgent ? [] : [whole.finding('config/no-rules', 'rule_files', {})]
  return files.flatMap((item) => {
    if (item.kind !== 'scalar' || settings.exists(item.text, file) !== false) return []
    // A pattern may fit nothing; a file that is named has to be there.
    const severity = /[*?[]/.test(item.text) ? ('warning' as const) : undefined
    const options = { subject: item.text, severity }
    return [whole.findingAt('config/rule-file-missing', item.place, { file: item.text }, options)]
  })
}

function scrapeFindings(whole: ConfigPart, settings: LintSettings, file: string): readonly Finding[] {
  const jobs = whole.parts('scrape_configs', (node) => node.text('job_name'))
  const hasMore = whole.node.list('scrape_config_files').length > 0
  if (jobs.length === 0 && !hasMore) return [whole.finding('config/nothing-scraped', 'scrape_configs', {})]
  const seen = new Set<string>()
  return jobs.flatMap((job) => {
    const name = job.node.text('job_name') ?? ''
    const twice =
      name !== '' && seen.has(name) ? [job.finding('config/duplicate-job', 'job_name', { job: name })] : []
    seen.add(name)
    return [...twice, ...jobFindings(job, whole.part('global'), settings, file)]
  })
}

function alertingFindings(whole: ConfigPart, settings: LintSettings, file: string): readonly Finding[] {
  const alerting = whole.part('alerting')
  const managers = alerting?.parts('alertmanagers') ?? []
  const findings = managers.flatMap((manager) => [
    ...httpClientFindings(manager, settings, file),
    ...relabelFindings(manager, 'relabel_configs'),
  ])
  if (managers.length === 0 && whole.node.list('rule_files').length > 0) {
    findings.push(whole.finding('config/no-alertmanager', 'alerting', {}))
  }
  return alerting === undefined
    ? findings
    : [...findings, ...relabelFindings(alerting, 'alert_relabel_configs')]
}

const reserved =
  /^(?:authorization|content-encoding|content-type|x-prometheus-remote-write-version|user-agent|connection|keep-alive|proxy-authenticate|proxy-authorization|www-authenticate|accept-encoding|x-prometheus-remote-read-version|accept-encoding|content-length|host)$/i

function remoteFindings(whole: ConfigPart, settings: LintSettings, file: string): readonly Finding[] {
  const writes = whole.parts('remote_write')
  const findings = [...writes, ...whole.parts('remote_read')].flatMap((remote) => [
    ...httpClientFindings(remote, settings, file),
    ...relabelFindings(remote, 'write_relabel_configs'),
    ...(remote.node.map('headers')?.entries ?? []).flatMap(({ key, place }) =>
      reserved.test(key)
        ? [remote.findingAt('config/reserved-header', place, { header: key }, { subject: key })]
        : [],
    ),
  ])
  const labels = whole.node.map('global')?.map('external_labels')
  if (writes.length > 0 && (labels === undefined || labels.entries.length === 0)) {
    findings.push(whole.finding('config/no-external-labels', 'remote_write', {}))
  }
  return findings
}
