const LONGEST_QUERY = 65_536
const MOST_PARAMETERS = 1024

/**
 * The families that the query of a scrape names by `name[]`; `undefined` when it names none, and `refused` for a
 * query of more than 65,536 characters or 1,024 parameters.
 */
export function namesInQuery(url: string | undefined): readonly string[] | undefined | 'refused' {
  const at = url?.indexOf('?') ?? -1
  if (url === undefined || at < 0) return undefined
  if (url.length - at - 1 > LONGEST_QUERY) return 'refused'
  const parameters = new URLSearchParams(url.slice(at + 1))
  if (parameters.size > MOST_PARAMETERS) return 'refused'
  return parameters.has('name[]') ? parameters.getAll('name[]') : undefined
}
