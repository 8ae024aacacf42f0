import { expect, test } from 'vitest'
import { Counter, Registry, TelltaleError } from '../../src/index.js'
import { Pushgateway, type PushgatewayOptions } from '../../src/push/index.js'

const url = 'http://127.0.0.1:9'
const job = 'backup'

const wrong: readonly [what: string, options: Record<string, unknown>, message: string][] = [
  ['no address', { url: undefined }, 'got a url that cannot be used'],
  ['an address without a scheme', { url: 'pushgateway:9091' }, 'got a url that cannot be used'],
  ['an address with a query', { url: 'http://a/?b=c' }, 'got a url that cannot be used'],
  ['credentials that are not encoded', { url: 'http://a:%zz@b' }, 'got a url that cannot be used'],
  ['no job', { job: '' }, 'got job ""'],
  ['no time', { timeoutSeconds: 0 }, 'got timeoutSeconds 0'],
  ['half a retry', { retries: 0.5 }, 'got retries 0.5'],
  ['endless retries', { retries: Infinity }, 'got retries Infinity'],
]

test.each(wrong)('a Pushgateway with %s is refused', (_, options, message) => {
  const make = () => new Pushgateway({ url, job, ...options } as PushgatewayOptions)
  expect(make).toThrow(TelltaleError)
  expect(make).toThrow(message)
})

test('an address that is refused is not repeated, because it may hold a password', () => {
  expect(() => new Pushgateway({ url: 'ftp://a:hidden@b', job })).not.toThrow('hidden')
})

const clashes: readonly [what: string, labels: readonly string[], defaults: Record<string, string>][] = [
  ['a metric with the label job', ['job'], {}],
  ['a metric with a label of the group', ['a', 'instance'], {}],
  ['default labels with a label of the group', [], { instance: 'x' }],
]

test.each(clashes)('%s is not sent at all', async (_, labels, defaultLabels) => {
  const registry = new Registry({ defaultLabels })
  new Counter({ name: 'done_total', help: 'D.', labels, registry })
  const gateway = new Pushgateway({ url, job, grouping: { instance: '1' }, registry, retries: 0 })
  for (const push of [gateway.push(), gateway.pushAdd()]) {
    await expect(push).rejects.toMatchObject({ code: 'TELLTALE_PUSH_LABEL' })
  }
})

test('a metric that a collector defines is looked at as well', async () => {
  const registry = new Registry()
  registry.addCollector({
    name: 'late',
    collect: () => {
      if (registry.get('late_total') === undefined) {
        new Counter({ name: 'late_total', help: 'L.', labels: ['job'], registry })
      }
    },
  })
  const gateway = new Pushgateway({ url, job, registry, retries: 0 })
  await expect(gateway.push()).rejects.toMatchObject({ code: 'TELLTALE_PUSH_LABEL' })
})

test('a Pushgateway that is not there is an error that names it, without the password', async () => {
  const gateway = new Pushgateway({
    url: 'http://me:hidden@127.0.0.1:9/',
    job,
    registry: new Registry(),
    retries: 1,
  })
  const error: unknown = await gateway.push().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(TelltaleError)
  expect(error).toMatchObject({ code: 'TELLTALE_PUSH' })
  expect(String(error)).toContain('PUT http://127.0.0.1:9/metrics/job/backup: ')
  expect(String(error)).not.toContain('hidden')
})
