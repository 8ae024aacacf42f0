import {
  binary,
  call,
  customMetric,
  eq,
  HOUR,
  increaseFromNothing,
  MINUTE,
  num,
  orZero,
  over,
  recorded,
  sumBy,
} from '../query/build.js'
import { durationText } from '../query/duration-text.js'
import type { Query, RecordingRule, Selector } from '../query/query.js'
import { type BurnWindow, burnWindows } from './burn-windows.js'
import { errorBudget, type Objective } from './objective.js'

/** What is recorded for one objective. */
export interface ObjectiveRecords {
  /** Events and errors per second, over 5 minutes; everything else is made from these two. */
  readonly events: RecordingRule
  readonly errors: RecordingRule
  /** Share of errors, by the seconds over which it is taken. */
  readonly ratios: ReadonlyMap<number, RecordingRule>
  readonly target: RecordingRule
  readonly periodRatio: RecordingRule
  readonly burnRate: RecordingRule
  readonly remaining: RecordingRule
  readonly exhaustion: RecordingRule
}

const labels = ['service', 'slo']

/** The names under which objectives are recorded; every one has the labels `service` and `slo`. */
export const objectiveRecordNames = {
  events: 'slo:events:rate5m',
  errors: 'slo:errors:rate5m',
  ratio: (window: number) => `slo:errors_per_events:ratio_rate${durationText(window)}`,
  target: 'slo:objective:ratio',
  periodRatio: 'slo:period_errors_per_events:ratio',
  burnRate: 'slo:burn_rate:factor',
  remaining: 'slo:error_budget_remaining:ratio',
  exhaustion: 'slo:error_budget_exhaustion:seconds',
} as const

export function objectiveRecords(objective: Objective): ObjectiveRecords {
  const own = [eq('service', objective.service), eq('slo', objective.name)]
  const added = { service: objective.service, slo: objective.name }
  const rule = (record: string, query: Query): RecordingRule => ({ record, query, labels, added })
  const of = (record: RecordingRule) => recorded(record, ...own)
  const names = objectiveRecordNames

  const events = rule(names.events, perSecond(total(objective)))
  const errors = rule(names.errors, errorRate(objective, of(events)))
  // Sums of both sides: a busy hour weighs more than a quiet one.
  const share = (window: number): Query =>
    window === 5 * MINUTE
      ? binary(of(errors), '/', binary(of(events), '>', num(0)))
      : binary(
          over('sum_over_time', of(errors), window),
          '/',
          binary(over('sum_over_time', of(events), window), '>', num(0)),
        )
  const windows = new Set([5 * MINUTE, HOUR, ...burnWindows(objective.window).flatMap(bothWindows)])
  const ratios = new Map(
    [...windows].sort((a, b) => a - b).map((window) => [window, rule(names.ratio(window), share(window))]),
  )
  const budget = errorBudget(objective)
  const periodRatio = rule(names.periodRatio, share(objective.window))
  const burnRate = rule(names.burnRate, binary(of(ratios.get(HOUR)!), '/', num(budget)))
  const remaining = rule(names.remaining, binary(num(1), '-', binary(of(periodRatio), '/', num(budget))))
  const exhaustion = rule(
    names.exhaustion,
    binary(
      binary(call('clamp_min', of(remaining), 0), '*', num(objective.window)),
      '/',
      binary(of(burnRate), '>', num(0)),
    ),
  )
  const target = rule(names.target, { kind: 'vector', value: objective.target })
  return { events, errors, ratios, target, periodRatio, burnRate, remaining, exhaustion }
}

const bothWindows = ({ short, long }: BurnWindow) => [short, long]

function total({ indicator }: Objective) {
  const { kind, metric, match } = indicator
  return customMetric(kind === 'latency' ? `${metric}_count` : metric, match)
}

function errorRate({ indicator }: Objective, events: Query): Query {
  const { metric, match } = indicator
  if (indicator.kind === 'ratio') {
    return orZero(perSecond(customMetric(metric, [...match, ...indicator.errors])), sumBy([], events))
  }
  // Without the bucket there is no result, and ObjectiveAbsent says so: no bound is guessed.
  const bound = eq('le', String(indicator.threshold))
  const good = perSecond(customMetric(`${metric}_bucket`, [...match, bound]))
  return call('clamp_min', binary(sumBy([], events), '-', good), 0)
}

/** A rate that does not lose the first event of a series: at low traffic many errors are the first of theirs. */
function perSecond(counter: Selector): Query {
  return binary(sumBy([], increaseFromNothing(counter, 5 * MINUTE)), '/', num(5 * MINUTE))
}
