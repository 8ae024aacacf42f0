/** Stands in for the part of a pattern that no public or private state of the framework tells. */
export const UNKNOWN_PREFIX = '/*'

/** The text of one path as the application registered it; a regular expression is its own stable text. */
export function pathText(path: unknown): string {
  return typeof path === 'string' ? path : String(path)
}

/** The paths of a registration, whether one was given or an array, however deep. */
export function pathMembers(path: unknown): readonly unknown[] {
  return Array.isArray(path) ? path.flat(Number.POSITIVE_INFINITY) : [path]
}

/** Joins what was mounted with what was mounted on it: exactly one slash between, none added at the end. */
export function joinPaths(prefix: string, text: string): string {
  const base = withoutTrailingSlash(prefix)
  if (text === '' || text === '/') return base === '' ? text || '/' : base
  if (base === '') return text
  return text.startsWith('/') ? base + text : `${base}/${text}`
}

export function withoutTrailingSlash(path: string): string {
  let end = path.length
  while (end > 0 && path.charCodeAt(end - 1) === 47) end -= 1
  return path.slice(0, end)
}
