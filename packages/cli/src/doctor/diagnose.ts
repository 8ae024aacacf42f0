import type { Finding } from '../finding/finding.js'
import type { Missed } from '../finding/report.js'
import type { Severity } from '../finding/severity.js'
import type { Check } from './check.js'
import { type ChecklistItem, checklist, type ItemKey } from './checklist.js'
import type { Setup } from './setup.js'
import { Unavailable } from './unavailable.js'

/** What came of the checks of one item. */
export interface ItemOutcome {
  readonly item: ChecklistItem
  /** `unknown` when none of its checks could be made. */
  readonly status: 'ok' | 'error' | 'warning' | 'info' | 'unknown'
  readonly findings: readonly Finding[]
}

export interface Diagnosis {
  readonly findings: readonly Finding[]
  /** The item of each finding. */
  readonly items: ReadonlyMap<Finding, ItemKey>
  readonly missed: readonly Missed[]
  /** The items whose checks were all left out. */
  readonly unknown: ReadonlySet<ItemKey>
}

/** What one check gave: findings, or why it could not be made. */
type Result = { readonly findings: readonly Finding[] } | { readonly missed: Missed }

/** Makes all checks at once. Never rejects: a check that fails is among what was missed, with the reason. */
export async function diagnose(
  setup: Setup,
  checks: readonly Check[],
  progress: (done: number, all: number) => void,
): Promise<Diagnosis> {
  let done = 0
  const results = await Promise.all(
    checks.map(async (check) => {
      const result = await resultOf(check, setup)
      progress(++done, checks.length)
      return { check, result }
    }),
  )
  const found = results.flatMap(({ check, result }) =>
    'findings' in result ? result.findings.map((finding) => [finding, check.item] as const) : [],
  )
  const made = new Set(
    results.flatMap(({ check, result }) => ('findings' in result && check.isProof ? [check.item] : [])),
  )
  const items = new Set(checks.map(({ item }) => item))
  return {
    findings: found.map(([finding]) => finding),
    items: new Map(found),
    missed: distinct(results.flatMap(({ result }) => ('missed' in result ? [result.missed] : []))),
    unknown: new Set([...items].filter((item) => !made.has(item))),
  }
}

async function resultOf(check: Check, setup: Setup): Promise<Result> {
  try {
    return { findings: await check.run(setup) }
  } catch (error) {
    if (error instanceof Unavailable) return { missed: { name: error.subject, why: error.why } }
    const reason = error instanceof Error ? error.message : String(error)
    const why = { en: `could not be checked: ${reason}`, ko: `확인할 수 없었습니다: ${reason}` }
    return { missed: { name: check.item, why } }
  }
}

function distinct(missed: readonly Missed[]): readonly Missed[] {
  return [...new Map(missed.map((entry) => [`${entry.name}\n${entry.why.en}`, entry])).values()]
}

/** The sixteen items, or those that were checked, with what was found for each. */
export function outcomes(
  findings: readonly Finding[],
  { items, unknown }: Pick<Diagnosis, 'items' | 'unknown'>,
  checked: ReadonlySet<ItemKey>,
): readonly ItemOutcome[] {
  return checklist
    .filter(({ key }) => checked.has(key))
    .map((item) => {
      const own = findings.filter((finding) => items.get(finding) === item.key)
      const has = (severity: Severity) => own.some((finding) => finding.severity === severity)
      const bad = (['error', 'warning'] as const).find(has)
      const fine = unknown.has(item.key) ? 'unknown' : has('info') ? 'info' : 'ok'
      return { item, findings: own, status: bad ?? fine }
    })
}
