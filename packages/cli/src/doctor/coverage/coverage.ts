import {
  type CatalogueMetric,
  type Language,
  type Matcher,
  metricsOf,
  type Query,
  recordsOf,
  type Signal,
  type SignalGroup,
  selectorsOf,
  signals,
} from 'telltale/monitoring'
import { allDashboards, panelQueries } from '../checks/dashboard-queries.js'
import type { Setup } from '../setup.js'
import { withoutVariables } from '../source/dashboard.js'
import { rulesIn } from '../source/rule-file.js'
import { familyOf, type MetricUse, usesIn } from './metric-uses.js'

/** Whether something is so; `unknown` when it could not be looked at. */
export type Known = 'yes' | 'no' | 'unknown'

/** How far one signal is watched. */
export interface SignalCoverage {
  readonly signal: string
  readonly group: SignalGroup
  readonly title: Readonly<Record<Language, string>>
  /** The application, or whatever it comes from, shows all its metrics. */
  readonly exposed: Known
  /** Prometheus stores them. */
  readonly recorded: Known
  /** An alert looks at it; `unneeded` when there is none and it is for looking at only. */
  readonly alerted: Known | 'unneeded'
  /** A panel shows it; `unneeded` for what asks for no metric, as a watchdog. */
  readonly dashboard: Known | 'unneeded'
}

/** A rule that is loaded or written. */
interface RuleQuery {
  readonly name: string
  readonly kind: 'alert' | 'record'
  readonly query: string
}

/** A day: what is stored less often is not watched. */
const recentSeconds = 86_400

/** How far each signal of the catalogue is watched in a setup. Never rejects. */
export async function coverageOf(setup: Setup): Promise<readonly SignalCoverage[]> {
  const [exposed, stored, rules, panels] = await Promise.all([
    known(async () => (await setup.endpoint.exposition()).families.map(({ name }) => name)),
    known(() => setup.prometheus.names(recentSeconds)),
    known(() => ruleQueries(setup)),
    known(async () =>
      panelQueries(await allDashboards(setup)).map(({ expression }) => withoutVariables(expression)),
    ),
  ])
  const recorded = new Map(
    (rules ?? []).filter(({ kind }) => kind === 'record').map(({ name, query }) => [name, query]),
  )
  const alerts = rules
    ?.filter(({ kind }) => kind === 'alert')
    .map(({ name, query }) => ({ name, uses: usesIn(query, recorded) }))
  const panelUses = panels?.map((query) => usesIn(query, recorded))
  const [shown, kept] = [
    exposed && endingsOf(exposed),
    stored && endingsOf(stored.flatMap((name) => [name, familyOf(name)])),
  ]
  return signals.map((signal) => {
    const needs = needsOf(signal.query)
    return {
      signal: signal.id,
      group: signal.group,
      title: { en: signal.text.en.title, ko: signal.text.ko.title },
      exposed: presence(metricsOf(signal.query), (metric) => (isOfEndpoint(metric) ? shown : kept)),
      recorded: presence(metricsOf(signal.query), () => kept),
      alerted: alertCoverage(signal, needs, alerts),
      dashboard: needs.length === 0 ? 'unneeded' : asKnown(panelUses?.some((uses) => covers(uses, needs))),
    }
  })
}

async function known<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look()
  } catch {
    return undefined
  }
}

async function ruleQueries(setup: Setup): Promise<readonly RuleQuery[]> {
  const loaded = await known(() => setup.prometheus.groups())
  if (loaded !== undefined) {
    return loaded.flatMap(({ rules }) =>
      rules.map(
        ({ type, name, query }) => ({ name, query, kind: type === 'alerting' ? 'alert' : 'record' }) as const,
      ),
    )
  }
  return (await setup.files.rules()).flatMap(({ text }) =>
    rulesIn(text).map(({ alert, record, query }) =>
      alert === undefined
        ? ({ name: record ?? '', query, kind: 'record' } as const)
        : ({ name: alert, query, kind: 'alert' } as const),
    ),
  )
}

/** Names, and what is left of each behind every underscore: metrics may have a prefix. */
function endingsOf(names: readonly string[]): ReadonlySet<string> {
  const endings = new Set<string>()
  for (const name of names) {
    endings.add(name)
    for (let at = name.indexOf('_'); at !== -1; at = name.indexOf('_', at + 1))
      endings.add(name.slice(at + 1))
  }
  return endings
}

function isOfEndpoint({ source }: CatalogueMetric): boolean {
  return source === 'application' || source === 'runtime' || source === 'telltale'
}

function presence(
  metrics: readonly CatalogueMetric[],
  where: (metric: CatalogueMetric) => ReadonlySet<string> | undefined,
): Known {
  const found = metrics.map((metric) => where(metric)?.has(metric.name))
  if (found.includes(false)) return 'no'
  return found.includes(undefined) ? 'unknown' : 'yes'
}

function asKnown(value: boolean | undefined): Known {
  if (value === undefined) return 'unknown'
  return value ? 'yes' : 'no'
}

function alertCoverage(
  { alert }: Signal,
  needs: readonly MetricUse[],
  alerts: readonly { readonly name: string; readonly uses: readonly MetricUse[] }[] | undefined,
): SignalCoverage['alerted'] {
  if (alerts === undefined) return alert === undefined ? 'unneeded' : 'unknown'
  if (alerts.some(({ name, uses }) => name === alert?.name || covers(uses, needs))) return 'yes'
  return alert === undefined ? 'unneeded' : 'no'
}

/** The labels that every selector has, and that tell nothing about what is meant. */
const common = new Set(['job', 'instance'])

function needsOf(query: Query): readonly MetricUse[] {
  const queries = [query, ...recordsOf(query).map((rule) => rule.query)]
  return queries
    .flatMap(selectorsOf)
    .flatMap(({ of, match }) =>
      typeof of === 'string' ? [{ family: familyOf(of), labels: labelsOf(match) }] : [],
    )
}

function labelsOf(matchers: readonly Matcher[]): ReadonlySet<string> {
  return new Set(matchers.map(({ label }) => label).filter((label) => !common.has(label)))
}

/** Whether everything that is needed is asked for, by the labels that matter. */
function covers(uses: readonly MetricUse[], needs: readonly MetricUse[]): boolean {
  if (needs.length === 0) return false
  return needs.every((need) =>
    uses.some(
      ({ family, labels }) =>
        (family === need.family || family.endsWith(`_${need.family}`)) &&
        [...need.labels].every((label) => labels.has(label)),
    ),
  )
}
