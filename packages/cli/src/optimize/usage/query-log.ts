import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { CommandError } from '../../command-error.js'
import { fileFaultOf } from '../../file-fault.js'

/** Stands at the end of each of our own queries, so that they are no use of what they look at. */
export const OWN_MARK = '# telltale optimize'

/** What a Prometheus' query log says. */
export interface QueryLog {
  /** Different queries, with how often each ran; those of rules and our own are left out. */
  readonly queries: ReadonlyMap<string, number>
  /** Lines that are no entry of a query log. */
  readonly unread: number
  /** Seconds between its first and its last entry. */
  readonly span: number
  /** Whether there were more different queries than are kept. */
  readonly cut: boolean
}

/** Different queries that are kept: dashboards of a large company have some ten thousand. */
const MOST = 200_000

/** Reads a query log (`query_log_file`) line by line. Rejects with TELLTALE_USAGE when the file cannot be read. */
export async function readQueryLog(path: string): Promise<QueryLog> {
  const queries = new Map<string, number>()
  let unread = 0
  let first = Number.NaN
  let last = Number.NaN
  let cut = false
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      if (line.trim() === '') continue
      const entry = entryOf(line)
      if (entry === undefined) {
        unread++
        continue
      }
      if (!Number.isNaN(entry.at)) {
        first = Number.isNaN(first) ? entry.at : first
        last = entry.at
      }
      if (entry.query === undefined) continue
      if (queries.size >= MOST && !queries.has(entry.query)) cut = true
      else queries.set(entry.query, (queries.get(entry.query) ?? 0) + 1)
    }
  } catch (error) {
    const reason = fileFaultOf(error)
    throw new CommandError('TELLTALE_USAGE', `--query-log ${path} cannot be read: ${reason}`)
  }
  return { queries, unread, span: Number.isNaN(last) ? 0 : Math.max(0, (last - first) / 1000), cut }
}

interface Entry {
  readonly at: number
  /** `undefined` for those of rules, which the rules themselves tell, and for our own. */
  readonly query: string | undefined
}

function entryOf(line: string): Entry | undefined {
  try {
    const entry = JSON.parse(line) as {
      ts?: string
      time?: string
      params?: { query?: unknown }
      ruleGroup?: unknown
    }
    const query = entry.params?.query
    if (typeof query !== 'string') return undefined
    const counts = entry.ruleGroup === undefined && !query.includes(OWN_MARK)
    return { at: Date.parse(entry.ts ?? entry.time ?? ''), query: counts ? query : undefined }
  } catch {
    return undefined
  }
}
