import { expect, test, vi } from 'vitest'
import { scraped } from '../serve/telemetry/application.js'
import { asked, MeasuredProgram } from './measured-program.js'

// Each starts processes, which takes long on a machine that is busy.
vi.setConfig({ testTimeout: 120_000 })

const server = `
import { createServer } from 'node:http'
const server = createServer((req, res) => res.end('ok'))
server.listen(0, () => console.log('port ' + server.address().port))`

const answered = 'http_requests_total{method="GET",route="unmatched",status_code="200"}'

/** That one process said where the metrics are. What it writes may be read after what it serves. */
async function expectOneEndpoint(program: MeasuredProgram): Promise<void> {
  await program.writes(/Metrics/, 'stderr')
  expect(program.stderr.match(/Metrics/g)).toHaveLength(1)
}

test('with NODE_OPTIONS, npm does not take the port of the application that it starts', async () => {
  const program = await MeasuredProgram.start(server, {
    command: ['npm', 'start', '--silent'],
    env: { NODE_OPTIONS: '--import telltale/auto' },
    files: { 'package.json': JSON.stringify({ private: true, scripts: { start: 'node app.mjs' } }) },
  })
  expect(await asked(program, '/')).toBe('ok')
  await program.shows(answered, 1)
  await expectOneEndpoint(program)
})

test('with --watch, the application is measured and not what watches it', async () => {
  const program = await MeasuredProgram.start(server, { flags: ['--watch', '--import', 'telltale/auto'] })
  expect(await asked(program, '/')).toBe('ok')
  await program.shows(answered, 1)
  await expectOneEndpoint(program)
})

test('all workers of a cluster are one scrape', async () => {
  const program = await MeasuredProgram.start(`
    import cluster from 'node:cluster'
    import { createServer } from 'node:http'
    if (cluster.isPrimary) {
      for (let i = 0; i < 2; i++) cluster.fork()
      cluster.on('message', (worker, port) => console.log('worker ' + port))
    } else {
      const server = createServer((req, res) => res.end('ok'))
      server.listen({ port: 0, exclusive: true }, () => process.send(server.address().port))
    }`)
  await program.writes(/(worker \d+\s+){2}/)
  const ports = [...program.stdout.matchAll(/worker (\d+)/g)].map(([, port]) => port)
  for (const port of ports) {
    for (let i = 0; i < 3; i++) await (await fetch(`http://127.0.0.1:${port}/`)).text()
  }
  await program.shows(answered, 6)
})

test('a child process does not disturb the one that is measured', async () => {
  const program = await MeasuredProgram.start(
    `${server}
    import { fork } from 'node:child_process'
    fork('child.mjs').on('exit', (code) => console.log('child ' + code))`,
    { files: { 'child.mjs': `console.log('in the child')` } },
  )
  await program.writes(/child 0/)
  expect(await asked(program, '/')).toBe('ok')
  await program.shows(answered, 1)
  await expectOneEndpoint(program)
})

test('what worker threads ask others is in the scrape', async () => {
  const program = await MeasuredProgram.start(
    `${server}
    import { Worker } from 'node:worker_threads'
    server.on('listening', () => new Worker('./thread.mjs', { workerData: server.address().port }))`,
    {
      files: {
        'thread.mjs': `
          import { workerData } from 'node:worker_threads'
          await (await fetch('http://localhost:' + workerData)).text()
          setInterval(() => {}, 1000)`,
      },
    },
  )
  const [, port] = await program.writes(/^port (\d+)$/m)
  const sample = `http_client_request_duration_seconds_count{method="GET",host="localhost:${port}",status_code="200"}`
  await program.shows(sample, 1)
  await expectOneEndpoint(program)
})

test('tests, and programs without a file, are not measured', async () => {
  const testFile = `import test from 'node:test'; test('a', () => {})`
  const tests = await MeasuredProgram.start(testFile, {
    flags: ['--import', 'telltale/auto', '--test'],
    name: 'a.test.mjs',
  })
  const evaluated = await MeasuredProgram.start('', {
    command: [process.execPath, '--import', 'telltale/auto', '--print', 'process.version'],
  })
  for (const program of [tests, evaluated]) {
    await program.end()
    expect(program.code).toBe(0)
    expect(program.stderr).toBe('')
    await expect(scraped(program.metricsUrl)).rejects.toThrow()
  }
})
