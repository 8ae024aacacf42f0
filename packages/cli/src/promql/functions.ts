import type { ValueType } from './ast.js'
import { isAtLeast, type Version } from './version.js'

/** How a function is called, and by which versions of Prometheus it is known. */
export interface FunctionSignature {
  readonly parameters: readonly ValueType[]
  /** How many of the parameters have to be given. */
  readonly required: number
  /** How many arguments are taken at most. */
  readonly most: number
  readonly returns: ValueType
  /** The first version that has it; undefined for those of old. */
  readonly since?: string
  /** The first version that has it no more. */
  readonly until?: string
  /** The feature flag that it needs, up to the version that needs it no more. */
  readonly flag?: { readonly name: string; readonly until?: string }
}

type Availability = Pick<FunctionSignature, 'since' | 'until' | 'flag'>

const experimental = { name: 'promql-experimental-functions' } as const

/** Letters for types: s scalar, t string, v vector, r range; `?` may be left out, `*` may be repeated. */
function signature(text: string, availability: Availability = {}): FunctionSignature {
  const [taken = '', given = 'v'] = text.split('>')
  const parameters = taken.replace(/[?*]/g, '')
  const optional = taken.endsWith('?') || taken.endsWith('*') ? 1 : 0
  const { since, until, flag } = availability
  return {
    parameters: Array.from(parameters, typeOf),
    required: parameters.length - optional,
    most: taken.endsWith('*') ? Number.POSITIVE_INFINITY : parameters.length,
    returns: typeOf(given),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(flag === undefined ? {} : { flag }),
  }
}

function typeOf(letter: string): ValueType {
  if (letter === 's') return 'scalar'
  if (letter === 't') return 'string'
  return letter === 'r' ? 'range' : 'vector'
}

const forms = {
  v: `abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_count histogram_sum ln log10
    log2 rad sgn sin sinh sort sort_desc sqrt tan tanh timestamp`,
  'v?': 'days_in_month day_of_month day_of_week day_of_year hour minute month year',
  r: `absent_over_time avg_over_time changes count_over_time delta deriv idelta increase irate last_over_time
    max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time`,
  'v>s': 'scalar',
  '>s': 'pi time',
  s: 'vector',
  vs: 'clamp_max clamp_min',
  vss: 'clamp',
  'vs?': 'round',
  rs: 'predict_linear',
  sr: 'quantile_over_time',
  sv: 'histogram_quantile',
  ssv: 'histogram_fraction',
  vtttt: 'label_replace',
  'vttt*': 'label_join',
} as const

/** Every function by its name, case included. */
export const functions: ReadonlyMap<string, FunctionSignature> = new Map([
  ...Object.entries(forms).flatMap(([form, names]) =>
    names.split(/\s+/).map((name): [string, FunctionSignature] => [name, signature(form)]),
  ),
  ['holt_winters', signature('rss', { until: '3.0' })],
  ['double_exponential_smoothing', signature('rss', { since: '3.0', flag: experimental })],
  ['histogram_stddev', signature('v', { since: '2.47' })],
  ['histogram_stdvar', signature('v', { since: '2.47' })],
  ['mad_over_time', signature('r', { since: '2.49', flag: experimental })],
  ['sort_by_label', signature('vt*', { since: '2.49', flag: experimental })],
  ['sort_by_label_desc', signature('vt*', { since: '2.49', flag: experimental })],
  ['histogram_avg', signature('v', { since: '2.51' })],
  ['info', signature('vv?', { since: '2.55', flag: experimental })],
  ['ts_of_min_over_time', signature('r', { since: '3.5', flag: experimental })],
  ['ts_of_max_over_time', signature('r', { since: '3.5', flag: experimental })],
  ['ts_of_last_over_time', signature('r', { since: '3.5', flag: experimental })],
  ['ts_of_first_over_time', signature('r', { since: '3.7', flag: experimental })],
  ['first_over_time', signature('r', { since: '3.7', flag: { name: experimental.name, until: '3.14' } })],
  ['histogram_quantiles', signature('vtss*', { since: '3.11', flag: experimental })],
  ['start', signature('>s', { since: '3.12', flag: experimental })],
  ['end', signature('>s', { since: '3.12', flag: experimental })],
  ['step', signature('>s', { since: '3.12', flag: experimental })],
  ['range', signature('>s', { since: '3.12', flag: experimental })],
  ['min_of', signature('ss>s', { since: '3.13', flag: experimental })],
  ['max_of', signature('ss>s', { since: '3.13', flag: experimental })],
  ['start_timestamp', signature('v', { since: '3.14', flag: { name: 'use-start-timestamps' } })],
  ['integral', signature('rs?', { since: '3.16', flag: experimental })],
])

/** Aggregations that take a parameter, with its type. */
export const aggregationParameters: ReadonlyMap<string, ValueType> = new Map([
  ['topk', 'scalar'],
  ['bottomk', 'scalar'],
  ['quantile', 'scalar'],
  ['limitk', 'scalar'],
  ['limit_ratio', 'scalar'],
  ['count_values', 'string'],
])

/** Whether a version knows something. */
export function isKnownTo(
  { since, until }: Pick<FunctionSignature, 'since' | 'until'>,
  version: Version,
): boolean {
  return (
    (since === undefined || isAtLeast(version, since)) && (until === undefined || !isAtLeast(version, until))
  )
}

/** The flag that a version has to be started with to know something. */
export function flagNeeded({ flag }: Pick<FunctionSignature, 'flag'>, version: Version): string | undefined {
  if (flag === undefined || (flag.until !== undefined && isAtLeast(version, flag.until))) return undefined
  return flag.name
}
