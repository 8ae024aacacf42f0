import { fingerprints } from './fingerprint.js'
import type { Render } from './render.js'
import { countBySeverity } from './report.js'

/** For programs: everything, as one object. Fields are only ever added. */
export const renderJson: Render = (report, { language }) => {
  const marks = fingerprints(report.findings)
  const findings = report.findings.map(({ id, severity, where, text, link }, index) => ({
    id,
    severity,
    where,
    what: text[language].what,
    remedy: text[language].remedy,
    link,
    fingerprint: marks[index],
  }))
  const { tool, looked, known, gone, data } = report
  const missed = report.missed.map(({ name, why }) => ({ name, why: why[language] }))
  const summary = { counts: countBySeverity(report.findings), known, gone }
  return JSON.stringify({ tool, language, summary, looked, missed, findings, ...data }, undefined, 2)
}
