import { execFile } from 'node:child_process'
import { channel } from 'node:diagnostics_channel'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { MetricsMiddleware } from '../../../src/application/metrics-middleware.js'
import { fetchText } from '../../../src/monitoring/setup/prometheus-api.js'
import { watchOutboundRequests } from '../../../src/outbound.js'
import { Pushgateway as PromPushgateway } from '../../../src/prom-client/pushgateway.js'
import { Registry as PromRegistry } from '../../../src/prom-client/registry.js'
import { Pushgateway } from '../../../src/push/pushgateway.js'
import { Registry } from '../../../src/registry/registry.js'
import { AnsweringServer } from './answering-server.js'
import { clients } from './clients.js'
import { Recorded } from './recorded.js'

const [[, byFetch]] = clients as [(typeof clients)[number]]

test('a redirect that is followed is a request of its own', async () => {
  const server = await AnsweringServer.start()
  const recorded = new Recorded()
  await byFetch(server.url('/moved'))
  expect(await recorded.requests()).toEqual({ [`GET ${server.host} 302`]: 1, [`GET ${server.host} 200`]: 1 })
})

test('who watches a registry twice counts each request once, until the last has stopped', async () => {
  const server = await AnsweringServer.start()
  const recorded = new Recorded()
  const second = new Recorded({ registry: recorded.registry })
  await byFetch(server.url())
  expect(await recorded.requests()).toEqual({ [`GET ${server.host} 200`]: 1 })
  second.stop()
  second.stop()
  await byFetch(server.url())
  expect(await recorded.requests()).toEqual({ [`GET ${server.host} 200`]: 2 })
})

test('two registries have all requests each', async () => {
  const server = await AnsweringServer.start()
  const both = [new Recorded(), new Recorded()]
  await byFetch(server.url())
  for (const recorded of both) {
    expect(await recorded.requests()).toEqual({ [`GET ${server.host} 200`]: 1 })
  }
})

test('after the registry was cleared, who watches it again has metrics again', async () => {
  const server = await AnsweringServer.start()
  const recorded = new Recorded()
  recorded.registry.clear()
  const again = new Recorded({ registry: recorded.registry })
  await byFetch(server.url())
  expect(await again.requests()).toEqual({ [`GET ${server.host} 200`]: 1 })
})

test('after a reset, what is in flight is right again with the next request, and never below zero', async () => {
  const server = await AnsweringServer.start()
  const recorded = new Recorded()
  const asked = [byFetch(server.url('/hang')), byFetch(server.url('/hang'))]
  await server.hasWaiting(2)
  recorded.registry.reset()
  server.release()
  await Promise.all(asked)
  expect(await recorded.inFlight(server.host)).toBe(0)
})

test("Telltale's own pushes and checks are not the application's requests", async () => {
  const server = await AnsweringServer.start()
  const recorded = new Recorded()
  await new Pushgateway({ url: server.url(), job: 'a', registry: new Registry() }).push()
  await new PromPushgateway(server.url(), {}, new PromRegistry()).push({ jobName: 'a' })
  await fetchText(server.url('/api/v1/targets'), 5)
  expect(await recorded.requests()).toEqual({})
  await byFetch(server.url('/metrics/job/a'))
  expect(await recorded.requests()).toEqual({ [`GET ${server.host} 200`]: 1 })
})

test('MetricsMiddleware watches when it is asked to, and ends with it', async () => {
  const server = await AnsweringServer.start()
  const registry = new Registry()
  const silent = new MetricsMiddleware({ registry: new Registry() })
  const metrics = new MetricsMiddleware({ registry, outboundRequests: { hosts: ['127.0.0.1'] } })
  await byFetch(server.url())
  metrics.stop()
  silent.stop()
  await byFetch(server.url())
  expect(await new Recorded({ registry }).requests()).toEqual({ 'GET 127.0.0.1 200': 1 })
  expect(silent.getMetricsService().getRegister().engine.get('http_client_request_errors_total')).toBe(
    undefined,
  )
})

test('messages that nobody could read are dropped and counted, and reach no request', async () => {
  const recorded = new Recorded()
  for (const name of ['undici:request:create', 'http.client.request.start', 'http.client.request.error']) {
    for (const message of [undefined, {}, { request: null }, { request: {} }]) channel(name).publish(message)
  }
  // An error in a listener of a channel would come as an exception in the next turn.
  await new Promise((resolve) => setImmediate(resolve))
  expect(await recorded.requests()).toEqual({})
  expect(recorded.registry.get('telltale_observations_dropped_total')).toBeDefined()
})

test('a registry for tests, which throws, throws into no request either', async () => {
  const server = await AnsweringServer.start()
  const registry = new Registry({ badObservations: 'throw' })
  const watched = watchOutboundRequests({ registry })
  channel('undici:request:create').publish({ request: {} })
  await byFetch(server.url())
  await new Promise((resolve) => setImmediate(resolve))
  watched.stop()
})

test('a process that watches ends as it would without', async () => {
  const program = `
    import('${new URL('../../../dist/esm/outbound.js', import.meta.url)}').then(({ watchOutboundRequests }) => {
      watchOutboundRequests()
      console.log('watching')
    })`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program])
  expect(stdout).toBe('watching\n')
})
