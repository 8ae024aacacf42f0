import * as promClient from 'prom-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseText } from '../../../test/support/text-parser.js'
import * as telltale from '../src/index.js'
import { type Client, errorsOfBoth } from './both.js'
import { RecordingGateway } from './recording-gateway.js'

const both = [telltale, promClient as unknown as Client] as const
type Options = ConstructorParameters<typeof telltale.Pushgateway>[1]
type Use = (gateway: telltale.Pushgateway) => Promise<telltale.PushgatewayAnswer>

let gateway: RecordingGateway
let url = ''
beforeEach(async () => {
  gateway = new RecordingGateway()
  url = await gateway.start()
})
afterEach(() => gateway.stop())

function pushgateway(client: Client, options?: Options, path = ''): telltale.Pushgateway {
  const register = new client.Registry()
  new client.Counter({ name: 'a_total', help: 'A.', labelNames: ['l'], registers: [register] }).inc({
    l: 'ä',
  })
  return new client.Pushgateway(url + path, options, register as never)
}

interface Case {
  readonly title: string
  readonly use: Use
  readonly options?: Options
  readonly path?: string
}

const cases: readonly Case[] = [
  { title: 'adds to a group', use: (to) => to.pushAdd({ jobName: 'job' }) },
  {
    title: 'replaces a group',
    use: (to) => to.push({ jobName: 'job', groupings: { instance: 'one', zone: 'b.c' } }),
  },
  { title: 'takes a group out', use: (to) => to.delete({ jobName: 'job' }) },
  {
    title: 'compresses',
    use: (to) => to.push({ jobName: 'job' }),
    options: { headers: { 'Content-Encoding': 'gzip' } },
  },
  {
    title: 'sends headers and credentials',
    use: (to) => to.push({ jobName: 'job' }),
    options: { headers: { 'x-a': '1' }, auth: 'u:p' },
  },
  { title: 'pushes below a path', use: (to) => to.push({ jobName: 'job' }), path: '/below' },
  {
    title: 'pushes without a job where none is needed',
    use: (to) => to.pushAdd(),
    options: { requireJobName: false },
  },
]

describe.each(cases)('a Pushgateway client that $title', ({ use, options, path }) => {
  it('sends what it sends in prom-client', async () => {
    for (const client of both) {
      const { resp, body } = await use(pushgateway(client, options, path))
      expect([resp!.statusCode, body]).toEqual([200, ''])
    }
    const [ours, theirs] = gateway.received.map(({ method, path, headers, body }) => ({
      method,
      path,
      sorted: parseText(body).sorted,
      headers: [headers['content-encoding'], headers['x-a'], headers.authorization],
    }))
    expect(ours).toEqual(theirs)
  })
})

it('a refused push rejects with the status and the answer', async () => {
  gateway.status = 400
  gateway.answer = 'no such thing'
  for (const client of both) {
    await expect(pushgateway(client).push({ jobName: 'job' })).rejects.toThrow(
      /^push failed with status 400, no such thing$/,
    )
  }
})

it('no answer in time rejects', async () => {
  gateway.isSilent = true
  for (const client of both) {
    await expect(pushgateway(client, { timeout: 50 }).push({ jobName: 'job' })).rejects.toThrow(
      'Pushgateway request timed out',
    )
  }
})

it('no connection rejects', async () => {
  await gateway.stop()
  for (const client of both) {
    await expect(pushgateway(client).push({ jobName: 'job' })).rejects.toThrow('ECONNREFUSED')
  }
})

it('a job name that is missing is an error at once', async () => {
  for (const use of [
    (to: telltale.Pushgateway) => to.push(),
    (to: telltale.Pushgateway) => to.pushAdd({}),
    (to: telltale.Pushgateway) => to.delete({ groupings: { a: 'b' } }),
  ]) {
    const { ours, theirs } = await errorsOfBoth((client) => void use(pushgateway(client)))
    expect(ours).toBe(theirs)
    expect(ours).toBe('Error: Missing jobName parameter')
  }
})

it('the registry is the global one when none is given', () => {
  for (const client of both) expect(new client.Pushgateway(url).registry).toBe(client.register)
})
