interface Kind {
  readonly name: string
  readonly pattern: RegExp
}

const kinds: readonly Kind[] = [
  { name: 'e-mail addresses', pattern: /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i },
  { name: 'UUIDs', pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i },
  { name: 'URLs', pattern: /^https?:\/\// },
  { name: 'times', pattern: /^\d{4}-\d\d-\d\d([T ]|$)|^1[0-9]{9}(\d{3})?$/ },
  { name: 'IP addresses', pattern: /^(\d{1,3}\.){3}\d{1,3}(:\d+)?$/ },
  { name: 'hashes', pattern: /^[0-9a-f]{16,}$/i },
  { name: 'paths with numbers', pattern: /\/\d{2,}(\/|$)/ },
  { name: 'numbers', pattern: /^[a-z]{0,8}[-_#]?\d{3,}$/i },
]

/** Values that look alike so that one label has them all: what they are, or `undefined` when they are words. */
export function idKindOf(values: readonly string[]): string | undefined {
  const given = values.filter((value) => value !== '')
  if (given.length < 5) return undefined
  // Two thirds: names of hosts and versions have some numbers too.
  const most = (kind: Kind) =>
    given.filter((value) => kind.pattern.test(value)).length >= (2 / 3) * given.length
  return kinds.find(most)?.name
}
