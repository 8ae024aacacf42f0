import type { Matcher, VectorSelector } from '../../promql/index.js'

/** Which metrics a selector may mean. */
export type MetricSelection =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  /** No metric is named: it looks at whatever there is, as a query for cardinality does. */
  | { readonly kind: 'everything' }
  /** The name comes from somewhere else, and cannot be known. */
  | { readonly kind: 'unknown' }

/** Stands for a variable of a dashboard in a text that is parsed. */
export const VARIABLE = 'telltale_variable_'

const variable = new RegExp(`${VARIABLE}[A-Za-z0-9_]*?${VARIABLE}`, 'g')

/** Which metrics a selector may mean; variables in a name stand for anything. */
export function selectionOf({ name, matchers }: VectorSelector): MetricSelection {
  if (name !== undefined) return namedBy(name)
  const ofName = matchers.filter((matcher) => matcher.name === '__name__')
  const positive = ofName.find(({ operator }) => operator === '=' || operator === '=~')
  if (positive === undefined) return { kind: 'everything' }
  return positive.operator === '=' ? namedBy(positive.value) : matchedBy(positive, ofName)
}

function namedBy(name: string): MetricSelection {
  if (!name.includes(VARIABLE)) return { kind: 'name', name }
  const parts = name.split(variable)
  if (parts.every((part) => part === '')) return { kind: 'unknown' }
  return { kind: 'pattern', pattern: new RegExp(`^${parts.map(escaped).join('.*')}$`) }
}

function matchedBy({ value }: Matcher, ofName: readonly Matcher[]): MetricSelection {
  const plain = value.replace(variable, '.*')
  if (/^\^?(\.[*+])+\$?$/.test(plain)) {
    // What only a variable says may be any one metric; what is written down as anything is a look at all.
    if (plain !== value) return { kind: 'unknown' }
    if (ofName.length === 1) return { kind: 'everything' }
  }
  const pattern = regExpOf(plain)
  return pattern === undefined ? { kind: 'unknown' } : { kind: 'pattern', pattern }
}

/** A regular expression of Prometheus, anchored as it is there; `undefined` for one that JavaScript has not. */
export function regExpOf(text: string): RegExp | undefined {
  const [, flags = ''] = /^\(\?([is]+)\)/.exec(text) ?? []
  try {
    return new RegExp(
      `^(?:${text.slice(flags === '' ? 0 : flags.length + 3)})$`,
      `s${flags.includes('i') ? 'i' : ''}`,
    )
  } catch {
    return undefined
  }
}

export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
