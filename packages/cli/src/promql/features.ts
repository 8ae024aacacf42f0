import type { Expression, Span } from './ast.js'
import {
  aggregationParameters,
  type FunctionSignature,
  flagNeeded,
  functions,
  isKnownTo,
} from './functions.js'
import { type Problem, problem } from './problem.js'
import { isAtLeast, type Version, versionText } from './version.js'

type Availability = Pick<FunctionSignature, 'since' | 'until' | 'flag'> & { readonly text: string }

const experimental = { name: 'promql-experimental-functions' } as const
const extended = { name: 'promql-extended-range-selectors', until: '3.16' } as const

/** Parts of the language that not every version has. */
const features = {
  'quoted-name': { text: 'a name in quotes', since: '3.0' },
  'duration-as-number': { text: 'a duration as a number', since: '2.54' },
  'number-as-duration': { text: 'a number of seconds as a duration', since: '2.54' },
  'duration-expression': {
    text: 'a calculated duration',
    since: '3.4',
    flag: { name: 'promql-duration-expr', until: '3.14' },
  },
  underscore: { text: 'a number with underscores', since: '2.54' },
  anchored: { text: 'anchored', since: '3.7', flag: extended },
  smoothed: { text: 'smoothed', since: '3.7', flag: extended },
  limitk: { text: 'limitk', since: '2.54', flag: experimental },
  limit_ratio: { text: 'limit_ratio', since: '2.54', flag: experimental },
  fill: { text: 'fill()', since: '3.10', flag: { name: 'promql-binop-fill-modifiers' } },
  trim: { text: 'a trim operator', since: '3.11' },
} as const satisfies Readonly<Record<string, Availability>>

const replacements: Readonly<Record<string, { readonly en: string; readonly ko: string }>> = {
  'holt_winters()': {
    en: 'Write double_exponential_smoothing, which needs --enable-feature=promql-experimental-functions.',
    ko: 'double_exponential_smoothing 함수를 쓰세요. --enable-feature=promql-experimental-functions 가 필요합니다.',
  },
}

interface AggregationParts {
  readonly operator: string
  readonly grouping: 'by' | 'without' | undefined
  readonly labels: readonly string[]
  readonly given: readonly Expression[]
  readonly where: Span
}

/** Compares what an expression uses with what a version of Prometheus knows. */
export class Features {
  readonly #version: Version
  readonly #problems: Problem[]

  constructor(version: Version, problems: Problem[]) {
    this.#version = version
    this.#problems = problems
  }

  use(feature: keyof typeof features, where: Span): void {
    const availability: Availability = features[feature]
    this.#compare(availability.text, availability, where)
  }

  call(name: string, where: Span): void {
    const known = functions.get(name)
    if (known !== undefined) this.#compare(`${name}()`, known, where)
  }

  /** An aggregation with its parameter and its expression told apart. */
  aggregation({ operator, grouping, labels, given, where }: AggregationParts): Expression {
    const expected = aggregationParameters.has(operator) ? 2 : 1
    if (given.length !== expected) {
      const form =
        expected === 2 ? `${operator}(${operator === 'count_values' ? '"label"' : '5'}, …)` : `${operator}(…)`
      const values = { name: operator, got: given.length, expected, form }
      this.#problems.push(problem('promql/aggregation-count', where, values))
    }
    const expression = given[expected - 1] ?? given.at(-1) ?? nothing(where)
    const parameter = expected === 2 && given.length === 2 ? given[0] : undefined
    return {
      kind: 'aggregation',
      operator,
      grouping,
      labels,
      parameter,
      expression,
      from: where.from,
      to: where.to,
    }
  }

  #compare(feature: string, availability: Omit<Availability, 'text'>, where: Span): void {
    const target = versionText(this.#version)
    const { since = '', until } = availability
    if (until !== undefined && isAtLeast(this.#version, until)) {
      const remedy = replacements[feature] ?? { en: 'Write it in another way.', ko: '다르게 쓰세요.' }
      this.#problems.push(problem('promql/removed', where, { feature, target, until, remedy }))
    } else if (!isKnownTo(availability, this.#version)) {
      this.#problems.push(problem('promql/too-new', where, { feature, target, since }))
    } else {
      const flag = flagNeeded(availability, this.#version)
      if (flag !== undefined)
        this.#problems.push(problem('promql/feature-flag', where, { feature, target, flag }))
    }
  }
}

/** Stands for an expression that is missing, so that the rest can still be read. */
function nothing({ to }: Span): Expression {
  return { kind: 'selector', name: 'missing', matchers: [], offset: undefined, at: undefined, from: to, to }
}
