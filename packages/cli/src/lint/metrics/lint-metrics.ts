import {
  ExpositionError,
  type LintFinding,
  lintExposition,
  type ParsedExposition,
  parseExposition,
} from 'telltale/testing'
import type { Finding } from '../../finding/index.js'
import { lintChecks } from '../lint-checks.js'
import type { Subject } from '../subject.js'
import { libraryRules } from '../texts/metrics-english.js'

/** An exposition that was read, or what kept it from being read. */
export interface ReadMetrics {
  readonly parsed: ParsedExposition | undefined
  readonly findings: readonly Finding[]
}

const types = /^(?:text\/plain|application\/openmetrics-text|application\/vnd\.google\.protobuf)\s*(?:;|$)/i

/** Reads an exposition in any format; one whose content type is none of them is told from its content. */
export function readMetrics(
  body: Uint8Array,
  contentType: string | undefined,
  subject: Subject,
): ReadMetrics {
  const isKnown = contentType !== undefined && types.test(contentType)
  if (isPage(body, contentType ?? '')) return { parsed: undefined, findings: [htmlFinding(subject)] }
  const wrong =
    contentType === undefined || isKnown
      ? []
      : [lintChecks.finding('metrics/content-type', subject.at(), { got: contentType })]
  try {
    return { parsed: parseExposition(body, isKnown ? contentType : typeOf(body)), findings: wrong }
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error
    const { line, column, got, expected } = error
    const where = subject.at(line > 0 ? { line, column: Math.max(1, column) } : {})
    const unreadable = lintChecks.finding('metrics/unreadable', where, { got, expected })
    return { parsed: undefined, findings: [...wrong, unreadable] }
  }
}

/** What the rules of lint say about an exposition. */
export function lintMetrics(parsed: ParsedExposition, subject: Subject): readonly Finding[] {
  if (parsed.families.length === 0) return [lintChecks.finding('metrics/empty', subject.at(), {})]
  return lintExposition(parsed).map((found) => findingOf(found, subject))
}

function findingOf(
  { id, metric, line, got, expected, remedy, severity, reference }: LintFinding,
  subject: Subject,
) {
  const where = subject.at({ line: line > 0 ? line : undefined, within: `metric ${metric}` })
  const values = { got, expected, remedy }
  const check = libraryRules.find((rule) => rule === `metrics/${id}`) ?? 'metrics/other'
  return lintChecks.finding(check, where, values, { severity, link: reference, subject: got })
}

/** The format of a file: OpenMetrics ends with `# EOF`, and delimited messages begin with a length, which no text does. */
function typeOf(body: Uint8Array): string {
  const end = new TextDecoder().decode(body.subarray(-8))
  if (/(?:^|\n)# EOF\n?$/.test(end)) return 'application/openmetrics-text; version=1.0.0; charset=utf-8'
  const head = body.subarray(0, 512)
  const isText = head.every((byte) => byte >= 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)
  return isText
    ? 'text/plain; version=0.0.4; charset=utf-8'
    : 'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited'
}

function isPage(body: Uint8Array, contentType: string): boolean {
  const head = new TextDecoder().decode(body.subarray(0, 512)).trimStart()
  return contentType.startsWith('text/html') || /^<(?:!doctype|html|head|body|\?xml)/i.test(head)
}

function htmlFinding(subject: Subject): Finding {
  const { kind, name } = subject.at()
  const suggestion = kind === 'url' ? new URL('/metrics', name).href : '/metrics'
  return lintChecks.finding('metrics/html', subject.at(), { suggestion })
}
