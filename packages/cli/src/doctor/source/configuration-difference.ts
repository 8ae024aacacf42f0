import { basename } from 'node:path'
import { bytesOf } from '../../plan/size-text.js'
import { parseDuration } from '../../promql/index.js'

/** One setting that a file has and the running server has not, or the other way round. */
export interface Difference {
  /** Such as `scrape_configs[nodejs-app].scrape_interval`. */
  readonly path: string
  readonly inFile: string
  readonly running: string
}

const absent = '–'

/**
 * What is in a file and is not what runs. The running configuration has every default written out, so only what the
 * file says is compared, and jobs and rule files that only the server has.
 */
export function differences(file: unknown, running: unknown): readonly Difference[] {
  return [...compare(file, running, '')]
}

function* compare(file: unknown, running: unknown, path: string): Iterable<Difference> {
  if (Array.isArray(file)) {
    yield* compareLists(file, Array.isArray(running) ? running : [], path)
  } else if (isRecord(file)) {
    for (const [key, value] of Object.entries(file)) {
      yield* compare(
        value,
        isRecord(running) ? running[key] : undefined,
        path === '' ? key : `${path}.${key}`,
      )
    }
  } else if (!isEmpty(file) && !isSame(file, running, path)) {
    yield { path, inFile: shown(file), running: shown(running) }
  }
}

function* compareLists(
  file: readonly unknown[],
  running: readonly unknown[],
  path: string,
): Iterable<Difference> {
  const named = new Map(running.map((entry, index) => [keyOf(entry, index), entry]))
  for (const [index, entry] of file.entries()) {
    const key = keyOf(entry, index)
    const other = named.get(key)
    named.delete(key)
    if (other === undefined && isRecord(entry))
      yield { path: `${path}[${key}]`, inFile: key, running: absent }
    else yield* compare(entry, other, `${path}[${key}]`)
  }
  for (const key of named.keys())
    yield { path: `${path}[${key}]`, inFile: absent, running: shown(named.get(key)) }
}

/** What tells entries of a list apart: jobs by their name, others by their place. */
function keyOf(entry: unknown, index: number): string {
  return isRecord(entry) && typeof entry.job_name === 'string' ? entry.job_name : String(index)
}

function isSame(file: unknown, running: unknown, path: string): boolean {
  const [a, b] = [String(file), String(running)]
  if (a === b || b === '<secret>' || b.includes('xxxxx')) return true
  if (running === undefined) return false
  // Paths are told from where the server stands.
  if (/(?:^|[._])(?:files?|cert|rule_files)(?:\[|$)/.test(path) || /_file(?:\[|$)/.test(path))
    return basename(a) === basename(b)
  // The server writes 50MB as 50MiB: to it they are the same.
  if (path.endsWith('_size_limit')) return bytesOf(a) !== undefined && bytesOf(a) === bytesOf(b)
  const [seconds, other] = [parseDuration(a), parseDuration(b)]
  if (seconds !== undefined && seconds === other) return true
  // Environment variables in external labels are expanded.
  return path.startsWith('global.external_labels') && a.includes('$')
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return absent
  if (!isRecord(value)) return String(value)
  return typeof value.job_name === 'string' ? value.job_name : JSON.stringify(value).slice(0, 60)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
