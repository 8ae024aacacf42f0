import type { Finding } from '../../finding/index.js'
import { readRe2 } from '../../promql/index.js'
import type { ConfigPart } from './config-place.js'

const needs: Readonly<Record<string, readonly string[]>> = {
  replace: ['target_label'],
  hashmod: ['target_label', 'modulus'],
  lowercase: ['target_label'],
  uppercase: ['target_label'],
  keepequal: ['target_label'],
  dropequal: ['target_label'],
}

const unused: Readonly<Record<string, readonly string[]>> = {
  labeldrop: ['source_labels', 'target_label', 'modulus', 'separator', 'replacement'],
  labelkeep: ['source_labels', 'target_label', 'modulus', 'separator', 'replacement'],
  keepequal: ['regex', 'modulus', 'separator', 'replacement'],
  dropequal: ['regex', 'modulus', 'separator', 'replacement'],
}

/** What is wrong with a list of relabelling rules. */
export function relabelFindings(part: ConfigPart, field: string): readonly Finding[] {
  return part.parts(field).flatMap((rule) => {
    const action = (rule.node.text('action') ?? 'replace').toLowerCase()
    const missing = (needs[action] ?? []).filter((name) => (rule.node.text(name) ?? '') === '')
    const extra = (unused[action] ?? []).filter((name) => rule.node.get(name) !== undefined)
    return [
      ...missing.map((name) =>
        rule.finding('config/relabel', 'action', { action, field: name }, { subject: name }),
      ),
      ...extra.map((name) =>
        rule.finding('config/relabel-unused', name, { action, field: name }, { subject: name }),
      ),
      ...dropFindings(rule, action),
    ]
  })
}

function dropFindings(rule: ConfigPart, action: string): readonly Finding[] {
  if (action !== 'drop' && action !== 'keep') return []
  const regex = rule.node.text('regex') ?? '(.*)'
  const read = readRe2(regex)
  if ('fault' in read) return []
  const all = /^\(?\.[*]\)?$/.test(regex)
  if (action === 'drop' && all) {
    return [rule.finding('config/relabel-drops-all', 'action', { why: `drop, regex ${regex}` })]
  }
  const empty = rule.node.list('source_labels').length === 0
  if (action === 'keep' && empty && !read.matchesEmpty) {
    return [
      rule.finding('config/relabel-drops-all', 'action', { why: `keep, regex ${regex}, no source_labels` }),
    ]
  }
  return []
}
