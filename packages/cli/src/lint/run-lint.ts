import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import type { ParsedExposition } from 'telltale/testing'
import { createReport, type Finding, type Report } from '../finding/index.js'
import { parseDuration } from '../promql/index.js'
import { YamlMap } from '../yaml-document/index.js'
import { lintAlertmanager } from './alertmanager/lint-alertmanager.js'
import { lintPrometheus } from './config/lint-prometheus.js'
import { alertLimitFindings } from './dashboard/alert-limits.js'
import { Dashboard } from './dashboard/dashboard-model.js'
import { lintDashboard } from './dashboard/lint-dashboard.js'
import { type DocumentKind, type Recognised, recognise } from './document-kind.js'
import { filesMatching, pathExists } from './file-patterns.js'
import { withoutIgnored } from './ignored.js'
import { type Input, readInputs } from './inputs.js'
import { jsonFaultOf } from './json-fault.js'
import { knownMetrics } from './known-metrics.js'
import { lintChecks } from './lint-checks.js'
import type { LintOptions } from './lint-options.js'
import { lintMetrics, readMetrics } from './metrics/lint-metrics.js'
import { lintRules, rulesIn } from './rules/lint-rules.js'
import type { LintSettings } from './subject.js'
import { yamlFindings } from './yaml-findings.js'

/** What `telltale lint` goes by. */
export interface LintRun extends Omit<LintOptions, 'report'> {
  readonly directory: string
  readonly stdin: Readable
}

interface Document {
  readonly input: Input
  readonly recognised: Recognised
}

/** Reads everything that was named and checks each of it in the light of the others. */
export async function runLint(run: LintRun): Promise<Report> {
  const { inputs, findings } = await readInputs(run.names, run)
  const found = recognised(inputs, run)
  const rules = await readInputs(ruleFilesOf(found.documents), run)
  const documents = [...found.documents, ...recognised(rules.inputs, { as: 'rules' }).documents]
  const metrics = documents.filter(({ recognised }) => recognised.kind === 'metrics').map(readDocument)
  const settings = settingsOf(
    run,
    documents,
    metrics.flatMap(({ parsed }) => (parsed === undefined ? [] : [parsed])),
  )
  const others = documents.filter(({ recognised }) => recognised.kind !== 'metrics')
  return createReport({
    tool: 'telltale lint',
    looked: documents.map(({ input }) => input.subject.name),
    findings: [
      ...findings,
      ...rules.findings,
      ...found.unknown,
      ...metrics.flatMap((read) => read.findings),
      ...others.flatMap((document) => lintDocument(document, settings)),
      ...sharedUids(others, settings),
      ...otherThresholds(others, settings),
    ],
  })
}

/** What each input is; those that are named and nothing that lint knows have a finding. */
function recognised(inputs: readonly Input[], { as }: Pick<LintRun, 'as'>) {
  const documents: Document[] = []
  const unknown: Finding[] = []
  for (const input of inputs) {
    const kind = recognise(input.path ?? input.subject.name, input.bytes, as ?? kindOfAnswer(input))
    if (kind !== undefined) documents.push({ input, recognised: kind })
    else if (input.isNamed) unknown.push(unknownFinding(input))
  }
  return { documents, unknown }
}

/** Broken JSON says nothing of what it was meant to be. */
function unknownFinding({ subject, bytes }: Input): Finding {
  const text = new TextDecoder().decode(bytes)
  const fault = /^\s*(?:\{|\[)/.test(text) ? jsonFaultOf(text) : undefined
  if (fault === undefined) return lintChecks.finding('lint/unknown-kind', subject.at(), {})
  const { line, column, detail } = fault
  return lintChecks.finding('lint/broken-json', subject.at({ line, column }), { detail })
}

/** The files that rule_files of a prometheus.yml name and that were not named themselves. */
function ruleFilesOf(documents: readonly Document[]): readonly string[] {
  const read = new Set(documents.map(({ input }) => input.path))
  const files = documents.flatMap(({ input: { path }, recognised: { kind, root } }) => {
    if (kind !== 'prometheus' || path === undefined || !(root instanceof YamlMap)) return []
    return root
      .list('rule_files')
      .flatMap((item) => (item.kind === 'scalar' ? filesMatching(item.text, dirname(path)) : []))
  })
  return [...new Set(files)].filter((file) => !read.has(file))
}

/** What an address answers is metrics, unless it is a dashboard or YAML by its ending. */
function kindOfAnswer({ response, subject }: Input): DocumentKind | undefined {
  return response !== undefined && !/\.(?:json|ya?ml)$/i.test(subject.name) ? 'metrics' : undefined
}

function readDocument({ input }: Document) {
  const { subject, bytes, response } = input
  const { parsed, findings } = readMetrics(bytes, response?.contentType, subject)
  const about = response === undefined ? [] : answerFindings(input, response)
  return {
    parsed,
    findings: [...about, ...findings, ...(parsed === undefined ? [] : lintMetrics(parsed, subject))],
  }
}

/** Prometheus gives up a scrape after 10 s by default; megabytes are for each scrape. */
const limits = { seconds: 5, megabytes: 5 } as const

function answerFindings(
  { subject, bytes }: Input,
  response: NonNullable<Input['response']>,
): readonly Finding[] {
  const findings: Finding[] = []
  if (response.contentType === undefined)
    findings.push(lintChecks.finding('metrics/no-content-type', subject.at(), {}))
  if (response.seconds > limits.seconds) {
    const values = { seconds: response.seconds.toFixed(1), limit: limits.seconds }
    findings.push(lintChecks.finding('metrics/slow', subject.at(), values))
  }
  const size = bytes.length / 1e6
  if (size > limits.megabytes) {
    findings.push(
      lintChecks.finding('metrics/large', subject.at(), { size: size.toFixed(1), limit: limits.megabytes }),
    )
  }
  return findings
}

function lintDocument(document: Document, settings: LintSettings): readonly Finding[] {
  const findings = allFindings(document, settings)
  const { input, recognised } = document
  return recognised.kind === 'dashboard'
    ? findings
    : withoutIgnored(findings, new TextDecoder().decode(input.bytes))
}

function allFindings({ input, recognised }: Document, settings: LintSettings): readonly Finding[] {
  const { subject, path } = input
  const { kind, yaml, root } = recognised
  const inYaml = yaml === undefined ? [] : yamlFindings(yaml, subject)
  const problems = kind === 'dashboard' ? jsonFindings(input) : inYaml
  if (root === undefined) return problems.length > 0 ? problems : [emptyFinding(input, kind)]
  if (kind === 'rules') return [...problems, ...lintRules(root, subject, settings)]
  if (kind === 'alertmanager') return [...problems, ...lintAlertmanager(root, subject, settings)]
  if (kind === 'prometheus') return [...problems, ...lintPrometheus(root, subject, settings, path ?? '')]
  return root instanceof YamlMap ? [...problems, ...lintDashboard(root, subject, settings)] : problems
}

function jsonFindings({ subject, bytes }: Input): readonly Finding[] {
  const fault = jsonFaultOf(new TextDecoder().decode(bytes))
  if (fault === undefined) return []
  const { line, column, detail } = fault
  return [lintChecks.finding('dashboard/json', subject.at({ line, column }), { detail })]
}

const expected = {
  rules: { en: 'groups of rules', ko: '규칙 그룹' },
  prometheus: { en: 'the configuration of Prometheus', ko: 'Prometheus 설정' },
  alertmanager: { en: 'the configuration of Alertmanager', ko: 'Alertmanager 설정' },
  dashboard: { en: 'a dashboard', ko: '대시보드' },
  metrics: { en: 'metrics', ko: '메트릭' },
} as const

function emptyFinding({ subject }: Input, kind: DocumentKind): Finding {
  return lintChecks.finding('yaml/empty', subject.at(), { expected: expected[kind] })
}

function settingsOf(
  run: LintRun,
  documents: readonly Document[],
  expositions: readonly ParsedExposition[],
): LintSettings {
  return {
    prometheus: run.prometheus,
    alertmanager: run.alertmanager,
    scrapeInterval: run.scrapeInterval ?? configuredInterval(documents) ?? 15,
    ...knownMetrics(expositions),
    exists: (path, from) => (from === '' ? undefined : pathExists(path, from)),
  }
}

/** The longest interval of the jobs in a prometheus.yml of this run. */
function configuredInterval(documents: readonly Document[]): number | undefined {
  const intervals = documents.flatMap(({ recognised: { kind, root } }) => {
    if (kind !== 'prometheus' || !(root instanceof YamlMap)) return []
    const general = parseDuration(root.map('global')?.text('scrape_interval') ?? '') ?? 60
    return root.list('scrape_configs').map((job) => {
      const own = job.kind === 'map' ? parseDuration(job.text('scrape_interval') ?? '') : undefined
      return own ?? general
    })
  })
  return intervals.length === 0 ? undefined : Math.max(...intervals)
}

/** Panels and alerts about the same that disagree. */
function otherThresholds(documents: readonly Document[], settings: LintSettings): readonly Finding[] {
  const maps = documents.flatMap(({ input: { subject }, recognised: { kind, root } }) =>
    root instanceof YamlMap ? [{ subject, kind, root }] : [],
  )
  return alertLimitFindings(
    maps.flatMap(({ subject, kind, root }) =>
      kind === 'dashboard' ? [new Dashboard(root, subject, settings)] : [],
    ),
    maps.flatMap(({ subject, kind, root }) =>
      kind === 'rules' ? [{ file: subject.name, rules: rulesIn(root, settings) }] : [],
    ),
  )
}

function sharedUids(documents: readonly Document[], settings: LintSettings): readonly Finding[] {
  const seen = new Map<string, string>()
  return documents.flatMap(({ input: { subject }, recognised: { kind, root } }) => {
    if (kind !== 'dashboard' || !(root instanceof YamlMap)) return []
    const uid = root.text('uid')
    if (uid === undefined || uid === '') return []
    const other = seen.get(uid)
    seen.set(uid, subject.name)
    if (other === undefined) return []
    const place = root.entry('uid')?.place ?? root.place
    return [
      new Dashboard(root, subject, settings).finding('dashboard/duplicate-uid', place, undefined, {
        uid,
        other,
      }),
    ]
  })
}
