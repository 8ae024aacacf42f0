import type { Candidate, CandidateOptions, Second } from './candidate.js'
import { type Interval, medianOf } from './interval.js'

/** What was measured of one application, in pairs without and with a scrape that are close to each other. */
export interface Loss {
  readonly underLoad: (readonly [plain: Second, scraped: Second])[]
  /** Milliseconds of processor time in a second without load. */
  readonly atRest: (readonly [plain: number, scraped: number])[]
}

const CORE_MS_PER_PERCENT = 10

const HEAD = [
  'application',
  'requests per second, not scraped',
  'share of its core that it had',
  'requests per second, scraped / not scraped',
  'processor time per request, scraped / not scraped',
  'processor time of one scrape, measured without load',
  'what that leaves of a core each second',
  'slowest scrape under load',
  'goal',
]

/** The table, with one row for each application. */
export function lossTable(found: ReadonlyMap<Candidate, Loss>): string {
  const rows = [...found].map(([candidate, loss]) => lossRow(candidate, loss))
  return [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function lossRow({ options, slowestScrape }: Candidate, { underLoad, atRest }: Loss): readonly string[] {
  const plain = medianOf(underLoad.map(([none]) => none.requests))
  const share = medianOf(underLoad.map(([none]) => 100 * none.share))
  const left = medianOf(underLoad.map(([none, one]) => (100 * one.requests) / none.requests))
  const processor = medianOf(underLoad.map(([none, one]) => (100 * one.processor) / none.processor))
  const scrape = medianOf(atRest.map(([none, one]) => one - none))
  const rest = medianOf(atRest.map(([none, one]) => 100 - (one - none) / CORE_MS_PER_PERCENT))
  return [
    options.title,
    String(Math.round(plain.median)),
    shown(share, '%', 0),
    shown(left, '%', 1),
    shown(processor, '%', 1),
    shown(scrape, 'ms', 1),
    shown(rest, '%', 2),
    `${slowestScrape.toFixed(0)} ms`,
    verdict(options.goal, left, rest),
  ]
}

/** Processor time is known on Linux only. */
function shown({ median, low, high }: Interval, unit: string, digits: number): string {
  const [middle, from, to] = [median, low, high].map((value) => value.toFixed(digits))
  return Number.isNaN(median) ? '–' : `${middle} ${unit} (${from} to ${to})`
}

/** Where the machine is too restless for the requests per second to say it, processor time does. */
function verdict(goal: CandidateOptions['goal'], left: Interval, rest: Interval): string {
  if (goal === undefined) return '–'
  const outcome = outcomeOf(goal, left)
  const text = `at least ${goal} %: ${outcome ?? 'undecided by the requests per second'}`
  return outcome ? text : `${text}, ${outcomeOf(goal, rest) ?? 'undecided'} by the processor time`
}

function outcomeOf(goal: number, { low, high }: Interval): string | undefined {
  if (low >= goal) return 'reached'
  return high < goal ? 'missed' : undefined
}
