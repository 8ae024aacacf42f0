import { basename } from 'node:path'
import type { Finding } from '../../finding/finding.js'
import { at, atUrl, inFile, type Place } from '../../finding/place.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import type { LoadedGroup } from '../source/prometheus-answers.js'
import { rulesIn, type WrittenRule } from '../source/rule-file.js'
import { alertRules } from '../texts/alert-rules.js'
import { alertExpressions } from './alert-expressions.js'

async function thereAreSome(setup: Setup): Promise<readonly Finding[]> {
  if ((await alertExpressions(setup)).length > 0) return []
  return [alertRules.finding('alert-rules/none', await whereRulesAre(setup), {})]
}

async function whereRulesAre(setup: Setup): Promise<Place> {
  try {
    return atUrl(setup.prometheus.url)
  } catch {
    const file = await setup.files.prometheus().catch(() => undefined)
    return file === undefined ? at('rules') : inFile(file.path)
  }
}

async function filesAreLoaded({ prometheus, files }: Setup): Promise<readonly Finding[]> {
  const [groups, written] = await Promise.all([prometheus.groups(), files.rules()])
  const findings = await Promise.all(
    written.flatMap(({ path, text }) =>
      rulesIn(text).map((rule) => loadFinding(prometheus, groups, path, rule)),
    ),
  )
  return findings.flatMap((finding) => finding ?? [])
}

async function loadFinding(
  prometheus: Setup['prometheus'],
  groups: readonly LoadedGroup[],
  file: string,
  written: WrittenRule,
): Promise<Finding | undefined> {
  const { group, query } = written
  const rule = written.alert ?? written.record ?? '?'
  const place = inFile(file, { within: rule })
  const { url } = prometheus
  const loaded = groups
    .filter((candidate) => candidate.name === group && basename(candidate.file) === basename(file))
    .flatMap(({ rules }) => rules)
    .filter(({ name }) => name === rule)
  if (loaded.length === 0)
    return alertRules.finding('alert-rules/not-loaded', place, { rule, group, url, file })
  const own = dense(query)
  if (loaded.some((candidate) => dense(candidate.query) === own)) return undefined
  // The server prints expressions in its own way.
  const printed = await prometheus.formatted(query)
  if (printed === undefined || loaded.some((candidate) => dense(candidate.query) === dense(printed)))
    return undefined
  return alertRules.finding('alert-rules/changed', place, { rule, running: loaded[0]!.query, url })
}

function dense(query: string): string {
  return query.replace(/\s+/g, '')
}

export const alertRulesChecks = checksOf('alert-rules', [thereAreSome, filesAreLoaded])
