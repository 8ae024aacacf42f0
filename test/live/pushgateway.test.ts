import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Counter, Gauge, Histogram, Registry } from 'telltale'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Pushgateway, type PushgatewayOptions } from '../../packages/telltale/src/push/index.js'
import { parseText } from '../support/text-parser.js'
import { TestPushgateway, testFolder } from './servers/index.js'

let gateway: TestPushgateway
let registry: Registry

beforeAll(async () => {
  gateway = await TestPushgateway.start({ flags: ['--web.enable-admin-api'] })
})

afterAll(async () => {
  await gateway.stop()
})

beforeEach(() => {
  registry = new Registry()
  new Counter({ name: 'rows_total', help: 'Rows.', labels: ['table'], registry }).labels('users').inc(3)
})

function client(options: Partial<PushgatewayOptions> = {}): Pushgateway {
  return new Pushgateway({ url: gateway.url, job: 'backup', registry, ...options })
}

/** What the Pushgateway shows of the job `backup`; a delete is accepted before it is done. */
const shown = () => samples('backup')

/** What it shows of a job, but for its own two metrics of each group. */
async function samples(
  job: string,
): Promise<readonly (readonly [name: string, labels: object, value: number])[]> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text()
  return parseText(text)
    .samples.filter(({ name, labels }) => labels.job === job && !/^push_(failure_)?time_seconds$/.test(name))
    .map(({ name, labels: { job: _, ...labels }, value }) => [name, labels, value])
}

const rows = ['rows_total', { instance: '', table: 'users' }, 3]

afterEach(async () => {
  await fetch(`${gateway.url}/api/v1/admin/wipe`, { method: 'PUT' })
})

describe('a push', () => {
  test('puts every sample of a registry there, with its values', async () => {
    new Histogram({ name: 'took_seconds', help: 'T.', buckets: [0.5, 1e6], registry }).observe(0.1)
    await client().push()
    expect(await shown()).toEqual([
      rows,
      ['took_seconds_bucket', { instance: '', le: '0.5' }, 1],
      ['took_seconds_bucket', { instance: '', le: '1e+06' }, 1],
      ['took_seconds_bucket', { instance: '', le: '+Inf' }, 1],
      ['took_seconds_sum', { instance: '' }, 0.1],
      ['took_seconds_count', { instance: '' }, 1],
    ])
  })

  test('replaces the whole group; pushAdd only the metrics that it has', async () => {
    await client().push()
    const others = new Registry()
    const lag = new Gauge({ name: 'lag_seconds', help: 'L.', registry: others })
    lag.set(1)
    await client({ registry: others }).pushAdd()
    lag.set(2)
    await client({ registry: others }).pushAdd()
    expect(await shown()).toEqual([['lag_seconds', { instance: '' }, 2], rows])
    await client({ registry: others }).push()
    expect(await shown()).toEqual([['lag_seconds', { instance: '' }, 2]])
  })

  test('leaves the other groups of the job alone, and so does delete', async () => {
    const one = client({ grouping: { instance: 'one' } })
    const two = client({ grouping: { instance: 'two' } })
    await one.push()
    await two.push()
    await one.delete()
    await expect.poll(shown).toEqual([['rows_total', { instance: 'two', table: 'users' }, 3]])
    await two.delete()
    await expect.poll(shown).toEqual([])
  })

  test('of a registry without metrics empties the group', async () => {
    await client().push()
    await client({ registry: new Registry() }).push()
    await expect.poll(shown).toEqual([])
  })

  test('of exemplars goes through, because the text has none', async () => {
    registry.setExemplarProvider({ labels: () => ({ trace_id: 'abc' }) })
    new Counter({ name: 'traced_total', help: 'T.', registry }).inc()
    await client().push()
    expect(await shown()).toContainEqual(['traced_total', { instance: '' }, 1])
  })

  test('of names in UTF-8 goes through with the names escaped', async () => {
    const utf8 = new Registry({ names: 'utf-8' })
    new Gauge({ name: 'http.size', help: 'S.', labels: ['my label'], registry: utf8 }).labels('a').set(1)
    await client({ registry: utf8 }).push()
    expect(await shown()).toEqual([['http_size', { instance: '', my_label: 'a' }, 1]])
  })

  const values = [
    'a/b',
    '/',
    '',
    '.',
    '..',
    'a b',
    '100%',
    'å🔥',
    'a?b#c',
    '+',
    '\\"',
    'a\nb',
    '=',
    'x'.repeat(500),
  ]

  test.each(values)('has the grouping value %j, and delete finds it again', async (value) => {
    const grouped = client({ grouping: { instance: value, path: value } })
    await grouped.push()
    expect(await shown()).toEqual([['rows_total', { instance: value, path: value, table: 'users' }, 3]])
    await grouped.delete()
    await expect.poll(shown).toEqual([])
  })

  test.each(values.filter((value) => value !== ''))('has the job %j', async (job) => {
    const named = client({ job })
    await named.push()
    expect(await samples(job)).toEqual([rows])
    await named.delete()
  })

  test('that the Pushgateway refuses says why', async () => {
    await client().push()
    const other = new Registry()
    new Gauge({ name: 'rows_total', help: 'A gauge.', registry: other }).set(1)
    const push = client({ registry: other, grouping: { instance: 'other' } }).push()
    await expect(push).rejects.toMatchObject({
      code: 'TELLTALE_PUSH',
      message: expect.stringMatching(/it answered 400 "pushed metrics are invalid or inconsistent/),
    })
  })
})

describe('through a network that fails', () => {
  const seen: { readonly method: string; readonly encoding: string; readonly status: number }[] = []
  /** What befalls the next requests, one each; after them all go through. */
  const mishaps: ('reset' | 'silence' | number)[] = []
  let proxy: Server
  let url: string

  beforeAll(async () => {
    proxy = createServer(pass)
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  })

  beforeEach(() => {
    seen.length = 0
    mishaps.length = 0
  })

  afterAll(() => {
    proxy.closeAllConnections()
    proxy.close()
  })

  /** Hands a request on to the real Pushgateway, unless a mishap is due. */
  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method = '', headers, url: path } = incoming
    const note = (status: number) =>
      seen.push({ method, encoding: String(headers['content-encoding']), status })
    const mishap = mishaps.shift()
    if (mishap === 'silence') note(0)
    else if (mishap === 'reset') {
      note(0)
      incoming.socket.destroy()
    } else if (mishap !== undefined) {
      note(mishap)
      outgoing.writeHead(mishap).end('a mishap')
    } else {
      const onward = request(new URL(path!, gateway.url), { method, headers }, (answer) => {
        note(answer.statusCode!)
        outgoing.writeHead(answer.statusCode!, answer.headers)
        answer.pipe(outgoing)
      })
      incoming.pipe(onward)
    }
  }

  const statuses = () => seen.map(({ status }) => status)

  test.each(['reset', 500, 502, 503] as const)('a push is repeated after a %s', async (mishap) => {
    mishaps.push(mishap, mishap)
    await client({ url }).push()
    expect(statuses()).toEqual([...(mishap === 'reset' ? [0, 0] : [mishap, mishap]), 200])
    expect(await shown()).toEqual([rows])
  })

  test('a push is repeated when there is no answer in time', async () => {
    mishaps.push('silence')
    await client({ url, timeoutSeconds: 0.3 }).push()
    expect(statuses()).toEqual([0, 200])
  })

  test('a delete is repeated as well', async () => {
    mishaps.push('reset', 503)
    await client({ url }).delete()
    expect(statuses()).toEqual([0, 503, 202])
  })

  test('there are as many repetitions as were asked for', async () => {
    mishaps.push(500, 500, 500)
    const push = client({ url, retries: 2 }).push()
    await expect(push).rejects.toThrow('it answered 500 "a mishap" (after 3 attempts), expected 200 or 202')
    mishaps.push('silence')
    const silent = client({ url, retries: 0, timeoutSeconds: 0.2 }).push()
    await expect(silent).rejects.toThrow('it did not answer within 0.2 s, expected')
  })

  test.each([400, 401, 404, 413, 429, 301, 204])('an answer of %i is final', async (status) => {
    mishaps.push(status)
    await expect(client({ url }).push()).rejects.toMatchObject({ code: 'TELLTALE_PUSH' })
    expect(statuses()).toEqual([status])
  })

  test('202 is as good as 200', async () => {
    mishaps.push(202)
    await client({ url }).push()
    expect(statuses()).toEqual([202])
  })

  test('every push is compressed where that was asked for, also after a delete', async () => {
    const compressing = client({ url, gzip: true })
    await compressing.push()
    await compressing.delete()
    await compressing.pushAdd()
    await compressing.push()
    expect(seen).toEqual([
      { method: 'PUT', encoding: 'gzip', status: 200 },
      { method: 'DELETE', encoding: 'undefined', status: 202 },
      { method: 'POST', encoding: 'gzip', status: 200 },
      { method: 'PUT', encoding: 'gzip', status: 200 },
    ])
    expect(await shown()).toEqual([rows])
  })

  test('what becomes of the options afterwards changes nothing', async () => {
    const grouping: Record<string, string> = { instance: 'one' }
    const options: PushgatewayOptions & { url: string } = { url, job: 'backup', registry, grouping }
    const made = new Pushgateway(options)
    grouping.instance = 'two'
    options.url = 'http://127.0.0.1:9'
    await made.push()
    expect(await shown()).toEqual([['rows_total', { instance: 'one', table: 'users' }, 3]])
    await made.delete()
  })
})

describe('a Pushgateway that asks for a password', () => {
  const password = 's3cret:€'
  // bcrypt of the password above.
  const hash = '$2b$04$GGQWqYJLHBG2oOdOXlWxueOyLTulQEm4pdnTCEvIPedCHKFDQI2cy'
  let folder: Awaited<ReturnType<typeof testFolder>>
  let guarded: TestPushgateway

  beforeAll(async () => {
    folder = await testFolder('pushgateway')
    const file = join(folder.path, 'web.yml')
    await writeFile(file, `basic_auth_users:\n  pusher: '${hash}'\n`)
    guarded = await TestPushgateway.start({ flags: [`--web.config.file=${file}`] })
  })

  afterAll(async () => {
    await guarded.stop()
    await folder.remove()
  })

  test('gets it from the options, for pushes and for deletes', async () => {
    const known = client({ url: guarded.url, username: 'pusher', password })
    await known.push()
    await known.pushAdd()
    await known.delete()
  })

  test('gets it from the address', async () => {
    const url = guarded.url.replace('//', `//pusher:${encodeURIComponent(password)}@`)
    await client({ url }).push()
  })

  test('refuses without it, once', async () => {
    await expect(client({ url: guarded.url }).push()).rejects.toThrow(
      /it answered 401 "Unauthorized", expected/,
    )
  })
})
