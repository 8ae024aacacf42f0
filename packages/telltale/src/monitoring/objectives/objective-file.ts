import { durationSeconds } from '../query/duration-text.js'
import type { Matcher } from '../query/query.js'
import { LONGEST_WINDOW, SHORTEST_WINDOW } from './burn-windows.js'
import { FileReader, refuse } from './file-reader.js'
import type { LatencyIndicator, Objective, RatioIndicator } from './objective.js'
import { objectiveWarnings } from './objective-warnings.js'

/** What was read, and what is allowed but will hardly be what was meant. */
export interface ObjectiveFile {
  readonly objectives: readonly Objective[]
  readonly warnings: readonly string[]
}

const DEFAULT_MINIMUM_EVENTS = 100
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/

/**
 * Reads objectives from the data of a YAML or JSON file:
 *
 * ```yaml
 * service: shop
 * objectives:
 *   - name: availability
 *     target: 99.9          # percent
 *     window: 30d
 *     ratio: { metric: http_requests_total, errors: { status_code: 5.. } }
 *   - name: latency
 *     target: 99
 *     window: 30d
 *     latency: { threshold: 500ms, match: { route: /api/.* } }
 * ```
 *
 * Values of `match` and `errors` are regular expressions for the whole value. `metric` is that of HTTP requests when
 * left out; `minimumEvents` is 100 in an hour. `retention`, in seconds, is for how long Prometheus keeps samples.
 * Throws `TELLTALE_OBJECTIVE` with the place of the first mistake.
 */
export function readObjectives(data: unknown, retention?: number): ObjectiveFile {
  const file = new FileReader(data, '')
  file.only(['service', 'objectives'])
  const service = identifier(file, 'service')
  const objectives = file.list('objectives').map((entry) => readObjective(entry, service))
  const names = objectives.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    refuse('objectives', `got two with the name "${twice}"`, 'give each a name of its own')
  return { objectives, warnings: objectives.flatMap((objective) => objectiveWarnings(objective, retention)) }
}

function readObjective(entry: FileReader, service: string): Objective {
  entry.only(['name', 'target', 'window', 'description', 'minimumEvents', 'ratio', 'latency'])
  const description = entry.has('description') ? entry.text('description') : undefined
  return {
    service,
    name: identifier(entry, 'name'),
    target: targetOf(entry),
    window: windowOf(entry),
    indicator: indicatorOf(entry),
    minimumEvents: entry.has('minimumEvents') ? entry.atLeastZero('minimumEvents') : DEFAULT_MINIMUM_EVENTS,
    ...(description !== undefined && { description }),
  }
}

function identifier(from: FileReader, key: string): string {
  const text = from.text(key)
  if (IDENTIFIER.test(text)) return text
  return refuse(from.at(key), `got "${text}"`, 'use letters, digits, dots, dashes and underscores')
}

function targetOf(entry: FileReader): number {
  const percent = entry.percent('target')
  if (percent > 0 && percent < 100) return Number((percent / 100).toPrecision(12))
  return refuse(entry.at('target'), `got ${percent}`, 'give a percentage above 0 and below 100, such as 99.9')
}

function windowOf(entry: FileReader): number {
  const seconds = durationOf(entry, 'window')
  if (seconds >= SHORTEST_WINDOW && seconds <= LONGEST_WINDOW) return seconds
  return refuse(entry.at('window'), `got "${entry.text('window')}"`, 'give 1d to 366d, such as 30d')
}

function durationOf(entry: FileReader, key: string): number {
  const text = entry.text(key)
  const seconds = durationSeconds(text)
  if (seconds !== undefined && seconds > 0) return seconds
  return refuse(
    entry.at(key),
    `got "${text}"`,
    'give a duration above zero as Prometheus writes it: 500ms, 1h30m, 30d',
  )
}

function indicatorOf(entry: FileReader): RatioIndicator | LatencyIndicator {
  if (entry.has('ratio') === entry.has('latency')) {
    const got = entry.has('ratio') ? 'both "ratio" and "latency"' : 'neither "ratio" nor "latency"'
    refuse(entry.at(''), `got ${got}`, 'give one of them')
  }
  return entry.has('ratio') ? ratioOf(entry.inner('ratio')) : latencyOf(entry.inner('latency'))
}

function ratioOf(from: FileReader): RatioIndicator {
  from.only(['metric', 'match', 'errors'])
  const errors = matchersOf(from, 'errors')
  if (errors.length === 0)
    refuse(from.at('errors'), 'got no label', 'say which series are errors: { status_code: 5.. }')
  return {
    kind: 'ratio',
    metric: metricOf(from, 'http_requests_total'),
    match: matchersOf(from, 'match'),
    errors,
  }
}

function latencyOf(from: FileReader): LatencyIndicator {
  from.only(['metric', 'match', 'threshold'])
  const metric = metricOf(from, 'http_request_duration_seconds')
  return {
    kind: 'latency',
    metric,
    match: matchersOf(from, 'match'),
    threshold: durationOf(from, 'threshold'),
  }
}

function metricOf(from: FileReader, otherwise: string): string {
  const name = from.has('metric') ? from.text('metric') : otherwise
  if (/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)) return name
  return refuse(from.at('metric'), `got "${name}"`, 'give the name of a metric')
}

function matchersOf(from: FileReader, key: string): readonly Matcher[] {
  if (!from.has(key)) return []
  const inner = from.inner(key)
  return inner.keys().map((label) => {
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) {
      refuse(inner.at(label), `got the label "${label}"`, 'use letters, digits and underscores')
    }
    return { label, op: '=~', value: inner.pattern(label) }
  })
}
