import type { AdviceTexts } from '../texts/index.js'

/** What the values of a label look like. */
export type IdKind = keyof AdviceTexts['kinds']

interface Kind {
  readonly name: IdKind
  readonly pattern: RegExp
}

const kinds: readonly Kind[] = [
  { name: 'mail', pattern: /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i },
  { name: 'uuid', pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i },
  { name: 'url', pattern: /^https?:\/\// },
  { name: 'time', pattern: /^\d{4}-\d\d-\d\d([T ]|$)|^1[0-9]{9}(\d{3})?$/ },
  { name: 'address', pattern: /^(\d{1,3}\.){3}\d{1,3}(:\d+)?$/ },
  { name: 'hash', pattern: /^[0-9a-f]{16,}$/i },
  { name: 'path', pattern: /\/\d{2,}(\/|$)/ },
  { name: 'number', pattern: /^[a-z]{0,8}[-_#]?\d{3,}$/i },
]

/** Values that look alike so that one label has them all: what they are, or `undefined` when they are words. */
export function idKindOf(values: readonly string[]): IdKind | undefined {
  const given = values.filter((value) => value !== '')
  if (given.length < 5) return undefined
  // Two thirds: names of hosts and versions have some numbers too.
  const most = (kind: Kind) =>
    given.filter((value) => kind.pattern.test(value)).length >= (2 / 3) * given.length
  return kinds.find(most)?.name
}
