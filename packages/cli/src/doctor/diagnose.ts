import type { Finding } from '../finding/finding.js'
import type { Missed } from '../finding/report.js'
import type { Check } from './check.js'
import { type ChecklistItem, checklist, type ItemKey, itemOf } from './checklist.js'
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
      return { item: check.item, result }
    }),
  )
  const made = new Set(results.flatMap(({ item, result }) => ('findings' in result ? [item] : [])))
  const items = new Set(checks.map(({ item }) => item))
  return {
    findings: results.flatMap(({ result }) => ('findings' in result ? result.findings : [])),
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
  unknown: ReadonlySet<ItemKey>,
  checked: ReadonlySet<ItemKey>,
): readonly ItemOutcome[] {
  return checklist
    .filter(({ key }) => checked.has(key))
    .map((item) => {
      const own = findings.filter(({ id }) => itemOf(id) === item.key)
      const worst = (['error', 'warning', 'info'] as const).find((severity) =>
        own.some((finding) => finding.severity === severity),
      )
      return { item, findings: own, status: worst ?? (unknown.has(item.key) ? 'unknown' : 'ok') }
    })
}
