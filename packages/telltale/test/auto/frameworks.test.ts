import { request } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import { frameworkPrograms, type ModuleSystem, written } from './framework-programs.js'
import { asked, MeasuredProgram } from './measured-program.js'

// Each starts processes, which takes long on a machine that is busy.
vi.setConfig({ testTimeout: 120_000 })

const systems: readonly ModuleSystem[] = ['ESM', 'CommonJS']

describe.each(frameworkPrograms)('an application of $framework:', ({ body, own, tellsRoutes }) => {
  test.each(systems)('each request is counted once without a line of code (%s)', async (system) => {
    await expectCounts(body(''), system, tellsRoutes ? byPattern : unmatched)
  })

  test.each(systems)(
    'nothing is counted twice beside the own entry of the framework (%s)',
    async (system) => {
      await expectCounts(body(own), system, byPattern)
    },
  )
})

const byPattern = [
  ['/users/:id', 200, 2],
  ['/fails/:id', 500, 1],
  ['unmatched', 404, 1],
  ['/waits/:id', 499, 1],
] as const
const unmatched = byPattern.map(([, status, count]) => ['unmatched', status, count] as const)

type Counts = readonly (readonly [route: string, status: number, count: number])[]

/** Asks for two answers, for a failure, for nothing, and leaves one request before it is answered. */
async function expectCounts(body: string, system: ModuleSystem, counts: Counts): Promise<void> {
  const { name, text } = written(body, system)
  const program = await MeasuredProgram.start(text, { name })
  for (const path of ['/users/1', '/users/2', '/fails/1', '/nothing-here']) await asked(program, path)
  await leave(program, '/waits/1')
  const samples = counts.map(([route, status, count]) => [sample(route, status), count] as const)
  for (const [key, count] of samples) await program.shows(key, count)
  const [last, one] = samples.at(-1)!
  const scrape = await program.shows(last, one)
  const lines = scrape.split('\n').filter((line) => line.startsWith('http_requests_total{'))
  expect(lines.toSorted()).toEqual(samples.map(([key, count]) => `${key} ${count}`).toSorted())
}

const sample = (route: string, status: number) =>
  `http_requests_total{method="GET",route="${route}",status_code="${status}"}`

/** Asks, and hangs up when the request is being handled. */
async function leave(program: MeasuredProgram, path: string): Promise<void> {
  const [, port] = await program.writes(/^port (\d+)$/m)
  const asking = request(`http://127.0.0.1:${port}${path}`).on('error', () => {})
  asking.end()
  await program.writes(/^waiting$/m)
  asking.destroy()
}
