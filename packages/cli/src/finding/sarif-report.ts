import type { Language } from '../language.js'
import type { Finding } from './finding.js'
import { fingerprints } from './fingerprint.js'
import type { Place } from './place.js'
import type { Render } from './render.js'
import type { Report } from './report.js'

const schema = 'https://json.schemastore.org/sarif-2.1.0.json'

/** SARIF 2.1.0, as code scanning services read it. */
export const renderSarif: Render = (report, { language }) => {
  const rules = [...new Set(report.findings.map(({ id }) => id))]
  const marks = fingerprints(report.findings)
  const run = {
    tool: { driver: { name: report.tool, rules: rules.map((id) => ruleOf(id, report.findings)) } },
    language,
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: report.looked.length > 0, ...notifications(report, language) }],
    results: report.findings.map((finding, index) =>
      resultOf(finding, rules.indexOf(finding.id), marks[index]!, language),
    ),
  }
  return JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, undefined, 2)
}

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

function ruleOf(id: string, findings: readonly Finding[]): object {
  const link = findings.find((finding) => finding.id === id && finding.link !== undefined)?.link
  return link === undefined ? { id } : { id, helpUri: link }
}

function resultOf(
  { id, severity, where, text }: Finding,
  ruleIndex: number,
  fingerprint: string,
  language: Language,
): object {
  const { what, remedy } = text[language]
  return {
    ruleId: id,
    ruleIndex,
    level: levels[severity],
    message: { text: `${what} ${remedy}` },
    locations: [locationOf(where)],
    partialFingerprints: { 'telltale/v1': fingerprint },
  }
}

function locationOf(where: Place): object {
  const logical = where.within ?? (where.kind === 'other' ? where.name : undefined)
  return {
    ...(where.kind === 'other' ? {} : { physicalLocation: physicalLocationOf(where) }),
    ...(logical === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: logical }] }),
  }
}

function physicalLocationOf({ kind, name, line, column }: Place): object {
  const artifactLocation = { uri: kind === 'url' ? name : fileUri(name) }
  if (line === undefined) return { artifactLocation }
  const region = column === undefined ? { startLine: line } : { startLine: line, startColumn: column }
  return { artifactLocation, region }
}

/** A relative reference for a relative path, a `file:` address for an absolute one. */
function fileUri(path: string): string {
  const encoded = path
    .split('/')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/')
  return encoded.startsWith('/') ? `file://${encoded}` : encoded
}

function notifications({ missed }: Report, language: Language): object {
  if (missed.length === 0) return {}
  return {
    toolExecutionNotifications: missed.map(({ name, why }) => ({
      level: 'warning',
      message: { text: `${name}: ${why[language]}` },
    })),
  }
}
