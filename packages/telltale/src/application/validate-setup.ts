import { PrometheusApi } from '../monitoring/setup/prometheus-api.js'
import {
  type Language,
  type SetupArea,
  type SetupItem,
  setupChecklist,
} from '../monitoring/setup/setup-checklist.js'
import type { SetupContext } from '../monitoring/setup/setup-checks.js'

/** Where the parts of a setup are. */
export interface SetupOptions {
  /** `PROMETHEUS_URL`, or `http://localhost:9091`, when left out. */
  readonly prometheusUrl?: string
  /** `http://localhost:9090/metrics` when left out. */
  readonly metricsUrl?: string
  /** Folders with dashboards as JSON files; `deploy/grafana` and `grafana` when left out. */
  readonly dashboards?: readonly string[]
  /** Of the items' texts; English when left out. */
  readonly language?: Language
  /** How long one request may take; 5 when left out. */
  readonly timeoutSeconds?: number
}

/** What was found for one item. */
export interface SetupFinding {
  readonly item: string
  /** `unknown` when it could not be found out, for example because nobody answers. */
  readonly status: 'ok' | 'missing' | 'unknown'
  /** What is wrong and the remedy; empty when all is well. */
  readonly detail: string
}

/** The result for one area. */
export interface SetupAreaResult {
  readonly total: number
  readonly implemented: number
  /** The items that are not in place, or could not be checked. */
  readonly missing: readonly string[]
  readonly findings: readonly SetupFinding[]
}

const areas: readonly SetupArea[] = ['installation', 'configuration', 'monitoring', 'maintenance']

/** The sixteen items in English, by area. */
export const validationChecklist: Readonly<Record<SetupArea, readonly string[]>> = itemsIn('en')

/**
 * Checks each of the sixteen items on the running application and the running Prometheus. Never rejects: what
 * cannot be reached is `unknown`, with the reason. It reads only, and takes at most a few requests for each item.
 */
export async function validatePrometheusSetup(
  options: SetupOptions = {},
): Promise<Readonly<Record<SetupArea, SetupAreaResult>>> {
  const seconds = options.timeoutSeconds ?? 5
  const url = options.prometheusUrl ?? process.env.PROMETHEUS_URL ?? 'http://localhost:9091'
  const context: SetupContext = {
    prometheus: new PrometheusApi(url, seconds),
    metricsUrl: options.metricsUrl ?? 'http://localhost:9090/metrics',
    dashboards: options.dashboards ?? ['deploy/grafana', 'grafana'],
    seconds,
  }
  const language = options.language ?? 'en'
  const results = await Promise.all(areas.map((area) => checkArea(area, context, language)))
  return Object.fromEntries(areas.map((area, i) => [area, results[i]!])) as Record<SetupArea, SetupAreaResult>
}

async function checkArea(
  area: SetupArea,
  context: SetupContext,
  language: Language,
): Promise<SetupAreaResult> {
  const findings = await Promise.all(setupChecklist[area].map((item) => checkItem(item, context, language)))
  const missing = findings.filter((finding) => finding.status !== 'ok').map((finding) => finding.item)
  return { total: findings.length, implemented: findings.length - missing.length, missing, findings }
}

async function checkItem(item: SetupItem, context: SetupContext, language: Language): Promise<SetupFinding> {
  try {
    const fault = await item.check(context)
    return { item: item[language], status: fault === undefined ? 'ok' : 'missing', detail: fault ?? '' }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { item: item[language], status: 'unknown', detail }
  }
}

function itemsIn(language: Language): Readonly<Record<SetupArea, readonly string[]>> {
  const titles = (area: SetupArea) => setupChecklist[area].map((item) => item[language])
  return {
    installation: titles('installation'),
    configuration: titles('configuration'),
    monitoring: titles('monitoring'),
    maintenance: titles('maintenance'),
  }
}
