import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { MetricsServer, Registry } from '../../src/index.js'

const ends: (() => unknown)[] = []

afterEach(async () => {
  vi.restoreAllMocks()
  for (const end of ends.splice(0).reverse()) await end()
})

function serverOn(port: number, options: ConstructorParameters<typeof MetricsServer>[1] = {}): MetricsServer {
  const server = new MetricsServer(port, { registry: new Registry(), log: () => {}, ...options })
  ends.push(() => server.stop())
  return server
}

async function takenPort(): Promise<number> {
  const other = createServer()
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  ends.push(() => other.close())
  return (other.address() as AddressInfo).port
}

describe('MetricsServer', () => {
  test('a port in use is a clear error for who waits, and no unhandled rejection for who does not', async () => {
    const port = await takenPort()
    const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
    const server = serverOn(port)
    void server.start()
    await expect(server.start()).rejects.toMatchObject({
      code: 'TELLTALE_PORT',
      message: expect.stringMatching(new RegExp(`127.0.0.1:${port}.*in use.*another port`)),
    })
    expect(errors).toHaveBeenCalledWith(expect.stringContaining(String(port)))
    expect(server.address).toBeUndefined()
  })

  test.each([-1, 70_000, 1.5, Number.NaN, '9090' as never])(
    'port %s is refused before anything is opened',
    async (port) => {
      vi.spyOn(console, 'error').mockImplementation(() => {})
      await expect(serverOn(port).start()).rejects.toMatchObject({ code: 'TELLTALE_PORT' })
    },
  )

  test('started twice it is one server; stopped twice, and started again, it works', async () => {
    const server = serverOn(0)
    const [first, second] = await Promise.all([server.start(), server.start()])
    expect(second).toBe(first)
    await Promise.all([server.stop(), server.stop()])
    await expect(fetch(`http://127.0.0.1:${first.port}/health`)).rejects.toThrow()
    const { port } = await server.start()
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200)
  })

  test('a stop while it starts leaves no port open and no listener on SIGTERM', async () => {
    const before = process.listenerCount('SIGTERM')
    const server = serverOn(0)
    const starting = server.start()
    await server.stop()
    const { port } = await starting
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow()
    expect(process.listenerCount('SIGTERM')).toBe(before)
  })

  test('a connection that is kept open does not hold the stop up', async () => {
    const server = serverOn(0)
    const { port } = await server.start()
    await (await fetch(`http://127.0.0.1:${port}/health`)).text()
    const start = performance.now()
    await server.stop()
    // Node.js itself would close it after 5 s.
    expect(performance.now() - start).toBeLessThan(4000)
  })

  test.each([
    ['GET', '/', 200],
    ['GET', '/health', 200],
    ['HEAD', '/metrics', 200],
    ['GET', '/metrics/', 200],
    ['GET', '/metrics?x=1', 200],
    ['GET', '/metrics/%E0%A4%A', 404],
    ['GET', '/favicon.ico', 404],
    ['POST', '/metrics', 405],
    ['OPTIONS', '/metrics', 204],
  ])('%s %s answers %i', async (method, path, status) => {
    const { port } = await serverOn(0).start()
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method })
    expect(answer.status).toBe(status)
    if (method === 'HEAD') expect(await answer.text()).toBe('')
  })

  test('the request log has method and path and never the query', async () => {
    const lines: string[] = []
    const { port } = await serverOn(0, { log: (line) => lines.push(line) }).start()
    await (await fetch(`http://127.0.0.1:${port}/metrics?token=secret`)).text()
    // The line comes from the telemetry thread, by a way of its own.
    await vi.waitFor(() => expect(lines).toEqual([expect.stringMatching(/GET \/metrics$/)]))
  })

  test.each([
    ['alone it ends the process with 0', '', 0],
    [
      "an application's own handler decides",
      "process.on('SIGTERM', () => setTimeout(() => process.exit(7), 50));",
      7,
    ],
  ])('on SIGTERM: %s', async (_, handler, code) => {
    const { pathToFileURL } = await import('node:url')
    const { resolve } = await import('node:path')
    const built = pathToFileURL(resolve('packages/telltale/dist/esm/index.js')).href
    const script = `import { MetricsServer } from '${built}'; ${handler} await new MetricsServer(0, { keepAlive: true }).start()`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script])
    ends.push(() => child.kill('SIGKILL'))
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect((await once(child, 'exit'))[0]).toBe(code)
  })
})
