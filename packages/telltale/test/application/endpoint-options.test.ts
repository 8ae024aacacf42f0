import { request } from 'node:http'
import { hashSync } from 'bcryptjs'
import { afterEach, describe, expect, test } from 'vitest'
import { MetricsServer, type MetricsServerOptions, Registry } from '../../src/index.js'
import { certificateFile, keyFile } from '../serve/certificates.js'
import { basic, testFile } from '../serve/opened-endpoint.js'

const ends: (() => unknown)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function started(options: MetricsServerOptions) {
  const lines: string[] = []
  const announce = (line: string) => void lines.push(line)
  const server = new MetricsServer(0, { registry: new Registry(), log: () => {}, announce, ...options })
  ends.push(() => server.stop())
  const { port } = await server.start()
  return { port, lines }
}

/** The status of a scrape, under a name that fetch would not send. */
function status(port: number, headers: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const req = request({ host: '127.0.0.1', port, path: '/metrics', headers }, (res) => {
      res.resume()
      resolve(res.statusCode)
    })
    req.on('error', reject).end()
  })
}

const tls = `tls_server_config:\n  cert_file: ${certificateFile('server')}\n  key_file: ${keyFile('server')}\n`

describe('the line at the start', () => {
  test.each<[string, MetricsServerOptions, RegExp]>([
    [
      'how to open the metrics',
      {},
      /^Metrics: http:\/\/127\.0\.0\.1:\d+\/metrics \(this machine only; host: '0\.0\.0\.0' opens/,
    ],
    [
      'no more than the address where the host was chosen',
      { host: '127.0.0.1' },
      /^Metrics: http:\/\/127\.0\.0\.1:\d+\/metrics$/,
    ],
    [
      'that they are open, and how to close them',
      { host: '0.0.0.0' },
      /\(open to the network; bearerTokenFile or webConfigFile asks/,
    ],
    [
      'only the address where a token is asked for',
      { host: '0.0.0.0', bearerToken: 'a' },
      /^Metrics: http:\/\/0\.0\.0\.0:\d+\/metrics$/,
    ],
  ])('says %s', async (_, options, line) => {
    expect((await started(options)).lines).toEqual([expect.stringMatching(line)])
  })

  test('says that it is HTTPS', async () => {
    const webConfigFile = testFile('web.yml', tls).path
    expect((await started({ webConfigFile })).lines).toEqual([
      expect.stringMatching(/^Metrics: https:\/\/127/),
    ])
  })
})

describe.each([
  ['a thread of its own', true],
  ["the application's thread", false],
])('served from %s', (_, thread) => {
  test('a token is asked for, and names of others are not answered', async () => {
    const { port } = await started({ thread, bearerToken: 'right' })
    expect(await status(port)).toBe(401)
    expect(await status(port, { authorization: 'Bearer right' })).toBe(200)
    expect(await status(port, { authorization: 'Bearer right', host: 'evil.example' })).toBe(421)
  })

  test('a web-config file is used', async () => {
    const webConfigFile = testFile('web.yml', `basic_auth_users: { alice: ${hashSync('right', 4)} }\n`).path
    const { port } = await started({ thread, webConfigFile })
    expect(await status(port)).toBe(401)
    expect(await status(port, { authorization: basic('alice', 'right') })).toBe(200)
  })

  test('a web-config file that cannot be used is an error at the start', async () => {
    const webConfigFile = testFile('web.yml', 'basic_auth_users: { alice: plain }\n').path
    await expect(started({ thread, webConfigFile })).rejects.toMatchObject({ code: 'TELLTALE_WEB_CONFIG' })
  })

  test('its metrics about itself are there unless they are not wanted', async () => {
    const body = async (options: MetricsServerOptions) => {
      const { port } = await started({ thread, ...options })
      return (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    }
    expect(await body({})).toContain('\ntelltale_scrapes_total{code="200"} 0\n')
    expect(await body({ selfMetrics: false })).not.toContain('telltale_scrapes_total')
  })
})

test('a log that throws costs one warning and no scrape', async () => {
  const warnings: Error[] = []
  const listen = (warning: Error) => void warnings.push(warning)
  process.on('warning', listen)
  ends.push(() => process.off('warning', listen))
  const log = () => {
    throw new Error('disk full')
  }
  const { port } = await started({ log, thread: false })
  expect([await status(port), await status(port)]).toEqual([200, 200])
  expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('disk full')])
})

test.each<[MetricsServerOptions, string]>([
  [{ bearerToken: 'no token' }, 'bearerToken'],
  [{ bearerToken: 'a', bearerTokenFile: 'b' }, 'got both bearerToken and bearerTokenFile'],
  [{ limits: { scrapes: -1 } }, 'scrapes -1'],
])('options %o are refused when the server is made', (options, message) => {
  expect(() => new MetricsServer(0, options)).toThrow(
    expect.objectContaining({ code: 'TELLTALE_OPTION', message: expect.stringContaining(message) }),
  )
})
