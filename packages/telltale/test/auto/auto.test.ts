import { createServer } from 'node:http'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { freePort } from '../../../../test/support/free-ports.js'
import { scraped } from '../serve/telemetry/application.js'
import { asked, MeasuredProgram } from './measured-program.js'

// Each starts processes, which takes long on a machine that is busy.
vi.setConfig({ testTimeout: 120_000 })

const express = `
import express from 'express'
const app = express()
const users = express.Router()
users.get('/:id', async (req, res) => {
  const { port } = server.address()
  await (await fetch('http://localhost:' + port + '/rates')).text()
  res.send('ok')
})
app.use('/api/users', users)
app.get('/rates', (req, res) => res.send('1.09'))
const server = app.listen(0, () => console.log('port ' + server.address().port))`

const requests = (route: string, count = 'http_requests_total') =>
  `${count}{method="GET",route="${route}",status_code="200"}`

describe('an Express application that knows nothing of metrics', () => {
  test('has its requests, those to others, its runtime and its errors measured', async () => {
    const program = await MeasuredProgram.start(express)
    await asked(program, '/api/users/7')
    const text = await program.shows(requests('/api/users/:id'), 1)
    expect(text).toContain(`${requests('/rates')} 1\n`)
    expect(text).toMatch(
      /http_client_request_duration_seconds_count\{method="GET",host="localhost:\d+",status_code="200"\} 1\n/,
    )
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
    expect(text).toContain('nodejs_unhandled_errors_total{kind="exception"} 0\n')
    expect(text).toMatch(/^telltale_event_loop_blocked_seconds /m)
  })

  test('says where the metrics are, once and not in its own output', async () => {
    const program = await MeasuredProgram.start(express)
    await program.writes(/^port \d+$/m)
    await program.writes(/Metrics: /, 'stderr')
    await scraped(program.metricsUrl)
    const hint = 'this machine only; METRICS_HOST=0.0.0.0 opens them to the network'
    expect(program.stderr).toBe(`Metrics: ${program.metricsUrl} (${hint})\n`)
    expect(program.stdout).toMatch(/^port \d+\n$/)
  })

  test('is measured in the same way with --require, and with both', async () => {
    for (const flags of [
      ['--require', 'telltale/auto'],
      ['--require', 'telltale/auto', '--import', 'telltale/auto'],
    ]) {
      const program = await MeasuredProgram.start(express, { flags })
      await asked(program, '/api/users/7')
      await program.shows(requests('/api/users/:id'), 1)
      await program.writes(/Metrics/, 'stderr')
      expect(program.stderr.match(/Metrics/g)).toHaveLength(1)
    }
  })

  test('is left alone with TELLTALE_AUTO=off', async () => {
    const program = await MeasuredProgram.start(express, { env: { TELLTALE_AUTO: 'off' } })
    expect(await asked(program, '/api/users/7')).toBe('ok')
    await expect(scraped(program.metricsUrl)).rejects.toThrow()
    expect(program.stderr).toBe('')
  })

  test('asks for a token where the environment says so', async () => {
    const program = await MeasuredProgram.start(express, {
      files: { token: 'a-token-of-some-length' },
      env: { METRICS_TOKEN_FILE: 'token' },
    })
    await program.writes(/Metrics: /, 'stderr')
    expect((await fetch(program.metricsUrl)).status).toBe(401)
    const headers = { authorization: 'Bearer a-token-of-some-length' }
    expect((await fetch(program.metricsUrl, { headers })).status).toBe(200)
  })
})

test('routes of Fastify are known', async () => {
  const program = await MeasuredProgram.start(`
    import Fastify from 'fastify'
    const app = Fastify()
    app.get('/api/users/:id', () => 'ok')
    await app.listen({ port: 0 })
    console.log('port ' + app.server.address().port)`)
  await asked(program, '/api/users/7')
  await program.shows(requests('/api/users/:id'), 1)
})

const withMetrics = (port: string) => `
import express from 'express'
import { Counter, MetricsMiddleware, MetricsServer, getMetricsConfig } from 'telltale'
const app = express()
const metrics = new MetricsMiddleware({ config: getMetricsConfig('production'), outboundRequests: true })
app.use(metrics.collectHTTPMetrics())
new Counter({ name: 'orders_total', help: 'Orders.' }).inc(3)
app.get('/api/users/:id', (req, res) => res.send('ok'))
const server = app.listen(0, async () => {
  await new MetricsServer(${port}).start()
  console.log('port ' + server.address().port)
})`

test('an application with metrics of its own counts nothing twice, and its own server takes the place', async () => {
  const program = await MeasuredProgram.start(withMetrics('Number(process.env.METRICS_PORT)'))
  await asked(program, '/api/users/7')
  const text = await program.shows(requests('/api/users/:id'), 1)
  expect(text).toContain('orders_total 3\n')
  expect(text).toContain(`${requests('/api/users/:id', 'http_request_duration_seconds_count')} 1\n`)
  expect(program.stdout).toMatch(/^Metrics: /m)
  expect(program.stderr).not.toMatch(/in use|Warning/)
})

test('an own server on another port leaves one endpoint, not two', async () => {
  const own = await freePort()
  const program = await MeasuredProgram.start(withMetrics(String(own)))
  await asked(program, '/api/users/7')
  expect((await scraped(`http://127.0.0.1:${own}/metrics`)).text).toContain('orders_total 3\n')
  await expect(scraped(program.metricsUrl)).rejects.toThrow()
})

test('a program that has nothing more to do ends, with its own exit code and output', async () => {
  const program = await MeasuredProgram.start(`console.log('{"done":true}'); process.exitCode = 3`)
  await program.end()
  expect(program.code).toBe(3)
  expect(program.stdout).toBe('{"done":true}\n')
})

test('rejections that nobody handled are counted where the application goes on', async () => {
  const program = await MeasuredProgram.start(`${express}
    process.on('unhandledRejection', () => console.log('told'))
    Promise.reject(new Error('nobody'))`)
  await program.writes(/^told$/m)
  await program.shows('nodejs_unhandled_errors_total{kind="rejection"}', 1)
})

test('SIGTERM ends the program and leaves no port', async () => {
  const program = await MeasuredProgram.start(express)
  await program.writes(/^port \d+$/m)
  await program.writes(/Metrics: /, 'stderr')
  program.kill('SIGTERM')
  await program.end()
  expect(program.code).toBe(0)
  await expect(scraped(program.metricsUrl)).rejects.toThrow()
})

test('an exception ends the program as it would without', async () => {
  const program = await MeasuredProgram.start(`throw new Error('as it is')`)
  await program.end()
  expect(program.code).toBe(1)
  expect(program.stderr).toContain('Error: as it is')
})

test('a port that is taken, and one that is none, are a line each, and the application goes on', async () => {
  const taken = await freePort()
  const stranger = createServer()
  await new Promise<void>((resolve) => stranger.listen(taken, '127.0.0.1', resolve))
  onTestFinished(() => void stranger.close())
  const cases: readonly (readonly [port: string, line: RegExp])[] = [
    [String(taken), /^Metrics server: .*in use.*$/m],
    ['none', /^Metrics: METRICS_PORT: got "none", expected a port.*$/m],
  ]
  for (const [port, line] of cases) {
    const program = await MeasuredProgram.start(express, { env: { METRICS_PORT: port } })
    await program.writes(line, 'stderr')
    expect(await asked(program, '/api/users/7')).toBe('ok')
  }
})
