import { expect, test } from 'vitest'
import { TelltaleError } from '../../../src/index.js'
import { HostNames, type HostOptions } from '../../../src/instrument/outbound/host-names.js'
import { AnsweringServer } from './answering-server.js'
import { clients } from './clients.js'
import { Recorded } from './recorded.js'

function named(options: HostOptions, urls: readonly string[]) {
  const warnings: string[] = []
  const names = new HostNames(options, (message) => warnings.push(message))
  const targets = urls.map((url) => ({ host: new URL(url).host, url: () => new URL(url) }))
  return { names: targets.map((target) => names.nameOf(target)), warnings }
}

test.each(clients)('requests to hosts beyond the limit are one, by %s', async (_, ask) => {
  const servers = [
    await AnsweringServer.start(),
    await AnsweringServer.start(),
    await AnsweringServer.start(),
  ]
  const recorded = new Recorded({ hostLimit: 1 })
  for (const server of servers) await ask(server.url())
  expect(await recorded.requests()).toEqual({ [`GET ${servers[0]!.host} 200`]: 1, 'GET other 200': 2 })
})

test('a hundred hosts are told apart, and of ten thousand no more', () => {
  const urls = Array.from({ length: 10_000 }, (_, i) => `https://host-${i}.example.com/`)
  const { names, warnings } = named({}, urls)
  expect(new Set(names).size).toBe(101)
  expect(names.at(-1)).toBe('other')
  expect(warnings).toHaveLength(1)
})

test('the port of the protocol is not in the name', () => {
  const urls = ['https://a.example/', 'https://a.example:443/', 'http://a.example:8080/', 'http://[::1]:81/']
  expect(named({}, urls).names).toEqual(['a.example', 'a.example', 'a.example:8080', '[::1]:81'])
})

test('of a list, only its hosts have a name', () => {
  const hosts = ['API.example.com', 'db.example.com:81']
  const urls = ['https://api.example.com/x', 'https://api.example.com:8443/', 'http://db.example.com/']
  expect(named({ hosts }, [...urls, 'http://db.example.com:81/']).names).toEqual([
    'api.example.com',
    'api.example.com',
    'other',
    'db.example.com:81',
  ])
})

test('a function names the parts of a service, by the address as a whole', async () => {
  const server = await AnsweringServer.start()
  const hosts = (url: URL, suggested: string) =>
    url.pathname.startsWith('/users/') && url.search === '?a=b' ? 'users' : suggested
  for (const [, ask] of clients) {
    const recorded = new Recorded({ hosts })
    await ask(server.url('/users/7?a=b'))
    await ask(server.url('/users/7'))
    expect(await recorded.requests()).toEqual({ 'GET users 200': 1, [`GET ${server.host} 200`]: 1 })
    recorded.stop()
  }
})

test('a function that throws, or names nothing, leaves the host, and one that names paths has an end', () => {
  const bad = () => {
    throw new Error('no')
  }
  expect(named({ hosts: bad }, ['http://a.example/', 'http://b.example/'])).toEqual({
    names: ['a.example', 'b.example'],
    warnings: ['hosts threw Error: no: the host itself is used'],
  })
  // What a program in JavaScript may return.
  const nothing = () => undefined as unknown as string
  expect(named({ hosts: nothing }, ['http://a.example/']).names).toEqual(['a.example'])
  const paths = (url: URL) => url.pathname
  const urls = Array.from({ length: 500 }, (_, i) => `http://a.example/${i}`)
  expect(new Set(named({ hosts: paths }, urls).names).size).toBe(101)
  expect(named({ hosts: () => 'x'.repeat(201) }, ['http://a.example/']).names).toEqual(['other'])
})

test.each(clients)('requests can be left out, by %s', async (_, ask) => {
  const server = await AnsweringServer.start()
  const recorded = new Recorded({ ignore: (url) => url.pathname === '/health' })
  await ask(server.url('/health'))
  await ask(server.url('/'))
  expect(await recorded.requests()).toEqual({ [`GET ${server.host} 200`]: 1 })
})

const wrong: readonly (readonly [what: string, options: HostOptions])[] = [
  ['an address in the list of hosts', { hosts: ['https://a.example'] }],
  ['an empty host', { hosts: [''] }],
  ['no hosts at all', { hostLimit: 0 }],
  ['half a host', { hostLimit: 1.5 }],
]

test.each(wrong)('%s is refused', (_, options) => {
  expect(() => new Recorded(options)).toThrow(TelltaleError)
  expect(() => new Recorded(options)).toThrow(/expected/)
})
