import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'
import type { ParsedExposition } from '../parse/exposition-model.js'
import { parseExposition } from '../parse/parse-exposition.js'
import { type Gatherer, readRegistry } from '../parse/registry-reader.js'
import { defaultRules } from './default-rules.js'
import { LintedFamily } from './linted-family.js'
import type { LintContext, LintFault, LintLimits, LintRule, LintSeverity } from './rule.js'

export interface LintOptions extends Partial<LintLimits> {
  /** Rules of your own, beside the built-in ones. */
  readonly rules?: readonly LintRule[]
  /** Ids of rules that are not to be applied. */
  readonly off?: readonly string[]
  /** Ids of rules that are not to be applied to single metrics, by the metric's name. */
  readonly except?: Readonly<Record<string, readonly string[]>>
}

/** One thing that lint has to say. */
export interface LintFinding {
  /** The id of the rule: stable, and safe to compare. */
  readonly id: string
  readonly severity: LintSeverity
  readonly metric: string
  /** The line in the exposition, from 1; 0 where there are no lines. */
  readonly line: number
  readonly got: string
  readonly expected: string
  readonly remedy: string
  /** All of this for people, in one line. */
  readonly message: string
  /** Where the rule is explained. */
  readonly reference: string
}

/**
 * Checks an exposition, in any format that `parseExposition` reads, against promlint's rules and Telltale's own.
 * Metrics without samples are not looked at. Throws `TELLTALE_EXPOSITION` for what cannot be read and
 * `TELLTALE_OPTION` for an unknown rule. Cost: about ten microseconds for each sample.
 */
export function lintExposition(
  body: string | Uint8Array | ParsedExposition,
  contentType?: string | null,
  options: LintOptions = {},
): readonly LintFinding[] {
  const parsed = isParsed(body) ? body : parseExposition(body, contentType)
  const families = parsed.families.filter(({ samples, natives }) => samples.length + natives.length > 0)
  return lint({ format: parsed.format, families }, options)
}

/**
 * Checks the metrics of a registry in the same way, those that have no series yet included. It gathers once, as a
 * scrape does.
 */
export async function lintRegistry(
  registry: Gatherer,
  options: LintOptions = {},
): Promise<readonly LintFinding[]> {
  return lint(await readRegistry(registry), options)
}

function lint({ format, families }: ParsedExposition, options: LintOptions): readonly LintFinding[] {
  const rules = rulesOf(options)
  const context: LintContext = {
    format,
    limits: { labelValues: options.labelValues ?? 100, series: options.series ?? 1000 },
    sameButCase: caseIndex(families.map((family) => family.name)),
  }
  return families.flatMap((parsed) => {
    const family = new LintedFamily(parsed)
    const excepted = options.except?.[family.name] ?? []
    return rules
      .filter((rule) => !excepted.includes(rule.id))
      .flatMap((rule) => Array.from(rule.check(family, context), (fault) => finding(rule, family, fault)))
  })
}

function rulesOf({ rules: own = [], off = [], except = {} }: LintOptions): readonly LintRule[] {
  const all = [...defaultRules, ...own]
  const ids = new Set(all.map((rule) => rule.id))
  if (ids.size < all.length) {
    throw new TelltaleError(
      'TELLTALE_OPTION',
      `lint: got rules ${shown(own.map((rule) => rule.id))}, expected ids that no other rule has`,
    )
  }
  const unknown = [...off, ...Object.values(except).flat()].find((id) => !ids.has(id))
  if (unknown !== undefined) {
    throw new TelltaleError(
      'TELLTALE_OPTION',
      `lint: got the rule ${shown(unknown)} to leave out, expected one of ${[...ids].join(', ')}`,
    )
  }
  return all.filter((rule) => !off.includes(rule.id))
}

function caseIndex(names: readonly string[]): (name: string) => readonly string[] {
  const alike = new Map<string, string[]>()
  for (const name of names) {
    const same = alike.get(name.toLowerCase())
    if (same === undefined) alike.set(name.toLowerCase(), [name])
    else same.push(name)
  }
  return (name) => (alike.get(name.toLowerCase()) ?? []).filter((other) => other !== name)
}

function finding({ id, severity, reference }: LintRule, family: LintedFamily, fault: LintFault): LintFinding {
  const { got, expected, remedy, line = family.line } = fault
  const message = `metric "${family.name}": got ${got}, expected ${expected}. ${remedy}`
  return { id, severity, metric: family.name, line, got, expected, remedy, message, reference }
}

function isParsed(body: string | Uint8Array | ParsedExposition): body is ParsedExposition {
  return typeof body === 'object' && 'families' in body
}
