import { afterEach, expect, test } from 'vitest'
import { Application, sampleValue, scraped } from './application.js'

const started: Application[] = []

afterEach(async () => {
  for (const application of started.splice(0)) {
    application.kill('SIGKILL')
    await application.ended
  }
})

/**
 * Counts while it holds the event loop, for as many seconds as it reads, and makes a new metric with 5,000 series, and
 * then a new series of the first one, after half a second.
 */
const blocking = (options = '') => `
const work = new Counter({ name: 'work_total', help: 'Work.', labels: ['part'] })
const lookups = new Gauge({ name: 'lookups', help: 'Runs of a collector.' })
defaultRegistry().addCollector({ name: 'lookups', families: [lookups], collect: () => lookups.inc() })
work.labels('first').inc()
await new MetricsServer(0, { ${options} }).start()
let isMade = false
function makeMany() {
  if (isMade) return
  isMade = true
  const born = new Counter({ name: 'born_total', help: 'Born.', labels: ['number'] })
  for (let i = 0; i < 5000; i++) born.labels(String(i)).inc(i)
}
function holdTheLoop(seconds) {
  const start = Date.now()
  while (Date.now() < start + seconds * 1000) {
    work.labels('first').inc()
    if (Date.now() > start + 500) {
      makeMany()
      work.labels('late').inc()
    }
  }
}
process.stdin.on('data', (seconds) => {
  console.log('holding')
  // The line is out before the loop is held.
  setTimeout(() => {
    holdTheLoop(Number(seconds))
    console.log('free')
  }, 20)
})`

function start(options?: string): Application {
  const application = new Application(blocking(options))
  started.push(application)
  return application
}

const BLOCKED = 'telltale_event_loop_blocked_seconds'
const EPISODES = 'telltale_event_loop_blocked_duration_seconds'

test('scrapes of an application whose event loop is blocked are answered, with every count as it is now', async () => {
  const application = start()
  const url = await application.metrics()
  const before = (await scraped(url)).text
  expect(sampleValue(before, 'work_total{part="first"}')).toBe(1)
  expect(sampleValue(before, 'lookups')).toBe(1)
  expect(sampleValue(before, BLOCKED)).toBe(0)

  application.say('10')
  expect(await application.line()).toBe('holding')
  const free = application.line()
  let isFree = false
  void free.then(() => {
    isFree = true
  })
  const answers: Awaited<ReturnType<typeof scraped>>[] = []
  while (answers.length < 20) {
    const answer = await scraped(url)
    expect(isFree).toBe(false)
    // Made after all series of the other metric.
    if (sampleValue(answer.text, 'work_total{part="late"}') !== undefined) answers.push(answer)
  }
  const counts = answers.map(({ text }) => sampleValue(text, 'work_total{part="first"}')!)
  expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  expect(counts.at(-1)!).toBeGreaterThan(counts[0]!)
  for (const { text } of answers) {
    expect(sampleValue(text, 'work_total{part="late"}')).toBeGreaterThan(0)
    expect(text.match(/^born_total\{number="(\d+)"\} \1$/gm)).toHaveLength(5000)
  }
  const lookups = answers.map(({ text }) => sampleValue(text, 'lookups'))
  expect(new Set(lookups), 'what only a collector knows is as it was last').toEqual(new Set([lookups[0]]))
  expect(lookups[0]).toBeGreaterThan(0)
  expect(Math.min(...answers.map(({ seconds }) => seconds))).toBeLessThan(0.25)
  for (const { text } of answers) expect(sampleValue(text, `${EPISODES}_count`)).toBe(0)
  await free
}, 30_000)

test('an episode is counted with its length once it is over, and the collectors run again', async () => {
  const application = start()
  const url = await application.metrics()
  await scraped(url)
  application.say('0.7')
  expect(await application.line()).toBe('holding')
  expect(await application.line()).toBe('free')
  let text = ''
  do text = (await scraped(url)).text
  while ((sampleValue(text, `${EPISODES}_sum`) ?? 0) < 0.6)
  await expect.poll(async () => sampleValue((await scraped(url)).text, BLOCKED)).toBe(0)
  // On a machine that is short of processors there may be others, which are shorter.
  const shorter = sampleValue(text, `${EPISODES}_bucket{le="0.5"}`)!
  expect(sampleValue(text, `${EPISODES}_count`)).toBe(shorter + 1)
  expect(sampleValue(text, 'lookups')).toBeGreaterThan(1)
})

test('with blockedStacks, a warning names the function that holds the loop, once for an episode', async () => {
  const application = start('blockedStacks: true')
  await application.metrics()
  application.say('1')
  expect(await application.line()).toBe('holding')
  expect(await application.line()).toBe('free')
  application.kill('SIGTERM')
  const { errors } = await application.ended
  expect(errors).toMatch(
    /the event loop has been blocked for 0\.\d\d s by:\n( {4}at .+\n)* {4}at holdTheLoop \(.+:\d+:\d+\)\n/,
  )
  expect(errors.match(/has been blocked/g)).toHaveLength(1)
})
