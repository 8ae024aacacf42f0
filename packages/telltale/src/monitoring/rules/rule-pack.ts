import { DAY, MINUTE } from '../query/build.js'
import { durationText } from '../query/duration-text.js'
import { promql } from '../query/promql.js'
import type { RecordingRule } from '../query/query.js'
import { lookBack } from '../query/walk.js'
import { signals as catalogue, recordsFor } from '../signals/catalogue.js'
import type { Signal, SignalGroup } from '../signals/signal.js'
import { alertRules } from './alert-rules.js'
import type { RecordingRuleEntry, RuleFile, RuleGroup } from './rule-file.js'
import { type RuleOptions, RuleStyle } from './rule-style.js'

/** What the pack of rules is made from. */
export interface RulePackOptions extends RuleOptions {
  /** Default: the whole catalogue. */
  readonly signals?: readonly Signal[]
}

/** How often the rules that look back for days are evaluated, in seconds. */
const TREND_INTERVAL = MINUTE

/**
 * The recording and alerting rules of the signals: one group for each group of signals, in which what is recorded
 * stands before what reads it, and one for what looks back for days. The same options give the same file.
 */
export function rulePack(options: RulePackOptions = {}): RuleFile {
  const style = new RuleStyle(options)
  const signals = options.signals ?? catalogue
  const records = recordsFor(signals)
  const trends = records.filter(isTrend)
  const written = new Set<RecordingRule>(trends)
  const groups = groupsOf(signals).map((group): RuleGroup => {
    const own = signals.filter((signal) => signal.group === group)
    const fresh = recordsFor(own).filter((rule) => !written.has(rule))
    for (const rule of fresh) written.add(rule)
    const rules = [
      ...fresh.map((rule) => recordEntry(rule, style)),
      ...own.flatMap((signal) => alertRules(signal, style)),
    ]
    return { name: `telltale-${group}`, rules }
  })
  const interval = style.wait(TREND_INTERVAL) ?? durationText(TREND_INTERVAL)
  const trendGroup = {
    name: 'telltale-trends',
    interval,
    rules: trends.map((rule) => recordEntry(rule, style)),
  }
  return { groups: [...groups, trendGroup].filter(({ rules }) => rules.length > 0) }
}

/** A recording rule as it stands in a rule file. */
export function recordEntry(rule: RecordingRule, style: RuleStyle): RecordingRuleEntry {
  return {
    record: rule.record,
    expr: promql(rule.query, style.promql(style.jobs)),
    ...(rule.added !== undefined && { labels: rule.added }),
  }
}

/** For how many seconds Prometheus has to keep samples so that each of these signals can have a value. */
export function neededRetention(signals: readonly Signal[]): number {
  const queries = signals.flatMap(({ query, alert }) => [
    query,
    ...(alert?.minimum ? [alert.minimum.query] : []),
  ])
  return Math.max(0, ...queries.map((query) => lookBack(query)), ...recordsFor(signals).map(chain))
}

/** A rule over the results of another rule looks back no further than they are kept. */
const chain = (rule: RecordingRule) => lookBack(rule.query)

const isTrend = (rule: RecordingRule) => lookBack(rule.query) >= DAY

function groupsOf(signals: readonly Signal[]): readonly SignalGroup[] {
  return [...new Set(signals.map(({ group }) => group))]
}
