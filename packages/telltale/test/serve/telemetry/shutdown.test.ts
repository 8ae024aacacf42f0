import { afterEach, describe, expect, test } from 'vitest'
import { Application, scraped } from './application.js'

const started: Application[] = []

afterEach(async () => {
  for (const application of started.splice(0)) {
    application.kill('SIGKILL')
    await application.ended
  }
})

function start(program: string, flags?: readonly string[]): Application {
  const application = new Application(program, flags)
  started.push(application)
  return application
}

async function isClosed(url: string): Promise<boolean> {
  return fetch(url).then(
    () => false,
    () => true,
  )
}

const serve = 'const server = new MetricsServer(0); await server.start();'
const serveOn = 'const server = new MetricsServer(0, { keepAlive: true }); await server.start();'
const onInput = (act: string) => `process.stdin.once('data', () => { ${act} });`

describe.each([
  ['from a thread', ''],
  ['from the thread of the application', 'thread: false, '],
])('an application whose metrics are served %s', (_, option) => {
  const withOption = (program: string) => program.replace('MetricsServer(0', `MetricsServer(0, { ${option}`)
  const served = withOption(serve.replace('(0)', '(0 })'))
  const kept = withOption(serveOn.replace('(0, {', '(0'))

  test('ends when it has nothing more to do, at once and with status 0', async () => {
    const application = start(served)
    await application.metrics()
    expect(await application.ended).toEqual({ code: 0, signal: null, errors: '' })
  })

  test('ends although a scraper keeps its connection', async () => {
    const application = start(`${served} const work = setTimeout(() => {}, 60_000);
      ${onInput('clearTimeout(work); process.stdin.destroy()')}`)
    await scraped(await application.metrics())
    application.say('go')
    expect(await application.ended).toEqual({ code: 0, signal: null, errors: '' })
  })

  test('stays alive with keepAlive, and ends on SIGTERM with status 0', async () => {
    const application = start(kept)
    const url = await application.metrics()
    for (let i = 0; i < 3; i++) expect((await scraped(url)).text).toContain('telltale_scrapes_total')
    application.kill('SIGTERM')
    expect(await application.ended).toEqual({ code: 0, signal: null, errors: '' })
    expect(await isClosed(url)).toBe(true)
  })

  test.each([
    ['process.exit(3)', 'process.exit(3)', 3, ''],
    ['an uncaught exception', "throw new Error('deliberate')", 1, 'deliberate'],
    ['an unhandled rejection', "void Promise.reject(new Error('deliberate'))", 1, 'deliberate'],
    ['stop() and nothing more to do', 'void server.stop(); process.stdin.destroy()', 0, ''],
  ])('ends with %s, and its port is free', async (_, act, code, message) => {
    const application = start(`${kept} ${onInput(act)}`)
    const url = await application.metrics()
    await scraped(url)
    application.say('go')
    const end = await application.ended
    expect(end.code).toBe(code)
    expect(end.errors).toContain(message)
    expect(await isClosed(url)).toBe(true)
  })

  test('whose own handler has SIGTERM decides itself', async () => {
    const application = start(`process.on('SIGTERM', () => setTimeout(() => process.exit(7), 50)); ${kept}`)
    await application.metrics()
    application.kill('SIGTERM')
    expect((await application.ended).code).toBe(7)
  })

  test('waits for the port although nothing else keeps it alive', async () => {
    const application = start(`const server = new MetricsServer(0${option ? `, { ${option} }` : ''})
      const { port } = await server.start()
      await server.stop()
      console.log('stopped', port > 0)`)
    await application.metrics()
    expect(await application.line()).toBe('stopped true')
    expect((await application.ended).code).toBe(0)
  })
})
