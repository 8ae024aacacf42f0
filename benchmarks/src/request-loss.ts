import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Candidate } from './requests/candidate.js'
import { candidates } from './requests/candidates.js'
import { isPinned, pinMeasuring } from './requests/cores.js'
import { type Loss, lossTable } from './requests/loss.js'

// What a scrape each second costs an application in requests per second: node benchmarks/dist/request-loss.js. Seconds
// with and without a scrape take turns, first one and then the other in front, and so do the applications. Ratios are
// of two seconds in a row, so that a slow minute of the machine is in both. It prints a section of the results' page.
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '16' } } })
const rounds = Number(values.rounds)

pinMeasuring()
const found = new Map<Candidate, Loss>()
for (const options of candidates) found.set(await Candidate.start(options), { underLoad: [], atRest: [] })
const before = process.cpuUsage()
const start = performance.now()
for (let round = 0; round < rounds; round++) {
  for (const [candidate, { underLoad }] of found) {
    const isScrapedFirst = round % 2 === 1
    const [first, second] = await candidate.underLoad([isScrapedFirst, !isScrapedFirst])
    underLoad.push(isScrapedFirst ? [second!, first!] : [first!, second!])
  }
}
const { user, system } = process.cpuUsage(before)
const busy = Math.round((user + system) / 10 / (performance.now() - start))
for (let round = 0; round < rounds; round++) {
  await Promise.all(
    [...found].map(async ([candidate, { atRest }], i) => {
      await delay(200 * i)
      atRest.push([await candidate.atRest(false), await candidate.atRest(true)])
    }),
  )
}
for (const candidate of found.keys()) candidate.stop()

const cores = isPinned
  ? 'All threads of an application are bound to one core, loader and scraper to another one (`taskset`)'
  : 'Nothing is bound to a core, for want of a second one or of `taskset`: all disturb each other'
console.log(`## Requests per second while scraped each second

${cores}; the loader was busy for ${busy} % of the time. ${rounds} pairs
of seconds with and without a scrape, after hundreds of scrapes before. In parentheses, the bounds between which the
true median is with 95 % confidence. Other processes disturb: the load of the machine was ${loadavg()[0]!.toFixed(1)} at the end, and an
application that is alone has all of its core. "–": not known here.

${lossTable(found)}`)
process.exit(0)
