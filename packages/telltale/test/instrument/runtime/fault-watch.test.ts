import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collectRuntimeMetrics } from '../../../src/instrument/runtime/runtime-metrics.js'
import { Registry } from '../../../src/registry/registry.js'
import { scrape } from './scrape.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'telltale-faults-'))
  buildSync({
    entryPoints: ['packages/telltale/src/instrument/runtime/fault-watch.ts'],
    outfile: join(folder, 'fault-watch.mjs'),
    format: 'esm',
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

const watching = `import { FaultWatch } from './fault-watch.mjs'
const watch = new FaultWatch()
watch.add((kind) => console.log('counted', kind))
`

/** How a process ends that runs `program`, what it wrote, and what was counted. */
function run(program: string, flags: readonly string[] = []) {
  const file = join(folder, 'program.mjs')
  writeFileSync(file, `${program}\nsetTimeout(() => console.log('went on'), 20)\n`)
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, file], { encoding: 'utf8' })
  const lines = stdout.split('\n').filter((line) => line !== '')
  return {
    end: { status, said: lines.filter((line) => !line.startsWith('counted')), isQuiet: stderr === '' },
    counted: lines.flatMap((line) => line.split('counted ').slice(1)),
  }
}

const listening = "process.on('unhandledRejection', () => console.log('logged'))"
const catching = "process.on('uncaughtException', () => console.log('caught'))"
const reject = "Promise.reject(new Error('x'))"
const thrown = "setTimeout(() => { throw new Error('x') })"

describe('counts, and changes nothing of what comes of it', () => {
  test.each([
    ['a rejection that ends the process', reject, ['rejection']],
    ['a rejection without an error', 'Promise.reject(undefined)', ['rejection']],
    ['an exception that ends the process', thrown, ['exception']],
    ['an exception that the application catches', `${catching}\n${thrown}`, ['exception']],
    ['a rejection that the application catches as exception', `${catching}\n${reject}`, ['rejection']],
    ['a rejection that the application logs', `${listening}\n${reject}`, ['rejection']],
    [
      'two rejections of which a listener hears the first alone',
      `process.once('unhandledRejection', () => { console.log('logged'); process.nextTick(() => ${reject}) })\n${reject}`,
      ['rejection', 'rejection'],
    ],
    [
      'a rejection after the listener was taken away',
      `const log = () => {}\nprocess.on('unhandledRejection', log)\nprocess.off('unhandledRejection', log)\n${reject}`,
      ['rejection'],
    ],
    ['a rejection that is handled', `${reject}.catch(() => console.log('fine'))`, []],
  ])('%s', (_, program, counted) => {
    const watched = run(watching + program)
    expect(watched.counted).toEqual(counted)
    expect(watched.end).toEqual(run(program).end)
  })

  test('a rejection in a process whose listener was there before', () => {
    const watched = run(watching.replace('const watch', `${listening}\nconst watch`) + reject)
    expect(watched).toEqual({
      end: { status: 0, said: ['logged', 'went on'], isQuiet: true },
      counted: ['rejection'],
    })
  })

  test.each(['warn', 'none'])('a process with --unhandled-rejections=%s goes on', (mode) => {
    const flags = [`--unhandled-rejections=${mode}`]
    expect(run(watching + reject, flags).end).toEqual(run(reject, flags).end)
  })

  test('nothing stays behind after its end', () => {
    const count = `${listening}
const events = ['uncaughtExceptionMonitor', 'newListener', 'removeListener', 'unhandledRejection']
console.log(...events.map((event) => process.listenerCount(event)))`
    expect(run(`${watching}${count.replace('\n', '\nwatch.stop()\n')}`)).toEqual(run(count))
  })
})

test('both kinds start at zero, and warnings are counted by name, unknown ones together', async () => {
  const registry = new Registry()
  const running = collectRuntimeMetrics({ registry, collectors: ['faults', 'warnings'] })
  const before = process.listenerCount('warning')
  const heard = new Promise((resolve) => process.once('warning', () => process.once('warning', resolve)))
  process.emitWarning('one', 'ExperimentalWarning')
  process.emitWarning('two', 'SomethingOfAPackage')
  await heard
  const text = await scrape(registry)
  for (const kind of ['exception', 'rejection'])
    expect(text.value('nodejs_unhandled_errors_total', { kind })).toBe(0)
  const warnings = (name: string) => text.value('nodejs_warnings_total', { name })
  expect(warnings('ExperimentalWarning')).toBe(1)
  expect(warnings('other')).toBe(1)
  expect(warnings('DeprecationWarning')).toBe(0)
  running.stop()
  expect(process.listenerCount('warning')).toBe(before - 1)
})
