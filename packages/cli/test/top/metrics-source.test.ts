import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { run as runPlan } from '../../src/plan/command.js'
import { Terminal } from '../../src/terminal.js'
import { run as runTop } from '../../src/top/command.js'
import { MetricsSource } from '../../src/top/metrics-source.js'
import { parseTop } from '../../src/top/top-options.js'

let server: Server | undefined
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'telltale-source-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('an address', () => {
  test('without a path is asked for /metrics, as Prometheus asks', async () => {
    let asked = ''
    let accept = ''
    const address = await serve((request, response) => {
      asked = request.url ?? ''
      accept = request.headers.accept ?? ''
      response.setHeader('content-type', 'text/plain; version=0.0.4')
      response.end('a_total 1\n')
    })
    const { exposition, bytes } = await MetricsSource.of(address).read()
    expect([asked, exposition.families.length, bytes]).toEqual(['/metrics', 1, 10])
    expect(accept).toContain('application/openmetrics-text')
  })

  test('with credentials uses them, and never shows them', async () => {
    let authorization = ''
    const address = await serve((request, response) => {
      authorization = request.headers.authorization ?? ''
      response.statusCode = 403
      response.end()
    })
    const source = MetricsSource.of(`http://me:s3cret@${address}`)
    await expect(source.read()).rejects.toThrow(/^http:\/\/127.*403/)
    expect(authorization).toBe(`Basic ${Buffer.from('me:s3cret').toString('base64')}`)
  })

  test.each<[string, RequestListener, RegExp]>([
    [
      'a web page',
      (_, r) => r.setHeader('content-type', 'text/html').end('<html><title>Shop</title>'),
      /got a web page \(200 text\/html "Shop"\), expected metrics/,
    ],
    ['a page that says it is text', (_, r) => r.end('<!DOCTYPE html><html>'), /got a web page/],
    [
      '404',
      (_, r) => r.writeHead(404).end('no'),
      /got 404 .*, expected 200; the metrics are usually at \/metrics/,
    ],
    ['401', (_, r) => r.writeHead(401).end('no'), /put the credentials into the address/],
    ['a redirect', (_, r) => r.writeHead(302, { location: '/login' }).end(), /302 → \/login/],
    ['JSON', (_, r) => r.setHeader('content-type', 'application/json').end('{"a":1}'), /content type/],
    ['a broken line', (_, r) => r.setHeader('content-type', 'text/plain').end('a_total x\n'), /line 1/],
  ])('that answers %s is an error that says so', async (_, listener, message) => {
    const address = await serve(listener)
    const reading = MetricsSource.of(`http://${address}/m`).read()
    await expect(reading).rejects.toThrow(message)
    await expect(reading).rejects.toMatchObject({ code: 'TELLTALE_ENDPOINT' })
  })

  test('that never ends is not read to its end', async () => {
    let sent = 0
    const address = await serve((_, response) => {
      response.setHeader('content-type', 'text/plain')
      const line = 'a_total{id="0123456789"} 1\n'.repeat(20_000)
      const write = () => {
        while (!response.destroyed && sent < 500 * 2 ** 20) {
          sent += line.length
          if (!response.write(line)) return
        }
        response.end()
      }
      response.on('drain', write)
      write()
    })
    await expect(
      runTop([address, '--once', '--max-size', '4'], new Terminal(process.stdout)),
    ).rejects.toThrow('got more than 4 MiB, and stopped reading')
    await expect(runPlan([address, '--max-size', '4'], new Terminal(process.stdout))).rejects.toThrow(
      'stopped reading',
    )
    expect(sent).toBeLessThan(100 * 2 ** 20)
  })

  test('that says nothing is given up', async () => {
    const address = await serve(() => undefined)
    await expect(MetricsSource.of(address, { seconds: 0.1 }).read()).rejects.toThrow(
      'no whole answer within 0.1 s',
    )
  })

  test('where nobody listens says so', async () => {
    const address = await serve(() => undefined)
    server!.close()
    await once(server!, 'close')
    await expect(MetricsSource.of(address).read()).rejects.toThrow('ECONNREFUSED')
  })
})

describe('a file', () => {
  test('is read, whichever text format it has', async () => {
    const file = join(folder, 'metrics.txt')
    writeFileSync(file, '# TYPE a counter\na_total 1\n# EOF\n')
    const source = MetricsSource.of(file)
    expect(source.live).toBe(false)
    expect((await source.read()).exposition.format).toBe('openmetrics')
  })

  test('that is a web page, a folder or too large is refused', async () => {
    const page = join(folder, 'page.html')
    writeFileSync(page, '<html></html>')
    await expect(MetricsSource.of(page).read()).rejects.toThrow('got a web page')
    await expect(MetricsSource.of(folder).read()).rejects.toThrow('EISDIR')
    await expect(MetricsSource.of(page, { mostBytes: 3 }).read()).rejects.toThrow('stopped reading')
  })
})

test.each([['metrics'], ['no/such/file.txt'], ['ftp://host/x']])(
  '%s is neither a file nor an address',
  (text) => {
    expect(() => MetricsSource.of(text)).toThrow('is neither a file nor an address')
  },
)

test.each([
  [['--view', 'fastest'], '--view is "fastest"'],
  [['--interval', '0'], '--interval is "0"'],
  [['a:1', 'b:2'], 'got 2 addresses, of which "b:2" is the second; give one'],
  [['--what'], '--what'],
])('telltale top %j is a mistake', (args, message) => {
  expect(() => parseTop(args)).toThrow(message)
})
