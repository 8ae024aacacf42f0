import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const execute = promisify(execFile)

// A Next.js application is bundled in parts, each with its own copy of the library: a route that counts, a route
// that is scraped, and the instrumentation file, which starts a server with the telemetry thread.
const next = '16'
const react = '19'
const INSTALL_MS = 240_000
/** A build by Next.js takes six seconds on a quiet machine. */
const RUN_MS = 240_000
let folder = ''
let application: ChildProcess | undefined

const files = {
  'app/layout.js': 'export default ({ children }) => <html><body>{children}</body></html>',
  'app/orders/route.js': `
    import { orders } from '../../metrics.js'
    export const dynamic = 'force-dynamic'
    export function GET() {
      orders.inc()
      return new Response('ordered')
    }`,
  'app/api/metrics/[[...page]]/route.js': `
    import { metricsFetchHandler } from 'telltale'
    export const dynamic = 'force-dynamic'
    const handler = metricsFetchHandler()
    export { handler as GET, handler as POST }`,
  'metrics.js': `
    import { Counter, defaultRegistry } from 'telltale'
    const known = defaultRegistry().get('orders_total')
    export const orders = known ?? new Counter({ name: 'orders_total', help: 'Orders.' })`,
  'instrumentation.js': `
    export async function register() {
      if (process.env.NEXT_RUNTIME !== 'nodejs') return
      const { MetricsServer } = await import('telltale')
      await new MetricsServer(0).start()
    }`,
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-next-'))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  const packed = await execute('npm', ['pack', '--json', '--pack-destination', folder, './packages/telltale'])
  const [{ filename }] = Object.values(JSON.parse(packed.stdout)) as [{ readonly filename: string }]
  const dependencies = { next, react, 'react-dom': react, telltale: `file:${join(folder, filename)}` }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }))
  const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await execute('npm', ['install', ...flags], { cwd: folder, timeout: INSTALL_MS })
}, INSTALL_MS + 30_000)

afterAll(async () => {
  application?.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
const command = () => join(folder, 'node_modules/next/dist/bin/next')

test('a Next.js application serves its metrics from a route handler and from a thread', {
  timeout: RUN_MS,
}, async () => {
  await execute(process.execPath, [command(), 'build'], { cwd: folder, env })
  application = spawn(process.execPath, [command(), 'start', '--port', '0', '--hostname', '127.0.0.1'], {
    cwd: folder,
    env,
  })
  const [local, metrics] = await textUntil(application, /Local: +(http\S+).*Metrics: (http\S+)/s)
  expect(await (await fetch(`${local}/orders`)).text()).toBe('ordered')
  const mounted = await fetch(`${local}/api/metrics`)
  expect(mounted.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(await mounted.text()).toContain('\norders_total 1\n')
  expect(await (await fetch(`${local}/api/metrics/orders_total`)).json()).toMatchObject({
    values: [{ value: 1 }],
  })
  expect((await fetch(`${local}/api/metrics/reset`, { method: 'POST' })).status).toBe(403)
  const served = await (await fetch(metrics)).text()
  expect(served).toContain('\norders_total 1\n')
  expect(served).toMatch(/^telltale_event_loop_blocked_seconds [\d.]+$/m)
  application.kill('SIGTERM')
  await once(application, 'exit')
  await expect(fetch(metrics)).rejects.toThrow()
})

/** The groups of a pattern in what a process says, as soon as they are there. */
function textUntil(child: ChildProcess, pattern: RegExp): Promise<string[]> {
  let text = ''
  return new Promise((found, failed) => {
    const take = (part: Buffer) => {
      text += part.toString()
      const match = pattern.exec(text)
      if (match) found(match.slice(1))
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.once('exit', () => failed(new Error(`the application ended: ${text}`)))
  })
}
