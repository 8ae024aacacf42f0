import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type HTTPMetricsOptions, processHTTPMetrics } from '../../src/http.js'
import { MetricsMiddleware, Registry } from '../../src/index.js'
import type { Running } from './contract.js'
import { countedAfter, send } from './counted.js'
import { hosts } from './hosts.js'

describe.each(hosts)('$name: whatever the application says', ({ base, serve }) => {
  let registry: Registry
  let applications: Running[]
  let warnings: string[]

  beforeEach(() => {
    registry = new Registry()
    applications = []
    warnings = []
    vi.spyOn(process, 'emitWarning').mockImplementation((warning) => {
      // Frameworks warn of what they are used for, too.
      if (/route|ignore|HTTP metrics/.test(String(warning))) warnings.push(String(warning))
    })
  })

  afterEach(async () => {
    vi.restoreAllMocks()
    for (const application of applications) await application.stop()
  })

  const start = async (options: HTTPMetricsOptions = {}): Promise<number> => {
    const application = await serve({ registry, ...options }, async () => 'ok')
    applications.push(application)
    return application.port
  }

  const users = `${base}/users/:id`

  test.each<readonly [string, (req: IncomingMessage, res: ServerResponse, suggested: string) => unknown]>([
    [
      'throws',
      () => {
        throw new Error('on purpose')
      },
    ],
    ['has no result', () => undefined],
    ['returns an object', () => ({})],
  ])('a route option that %s does no harm, and is warned of once', async (_what, route) => {
    const port = await start({ route: route as never })
    for (const path of ['/users/1', '/users/2']) expect(await send(port, base + path)).toBe(200)
    const seen = await countedAfter(registry, 2)
    // The plain server of this suite has its routes from that option.
    expect([
      [`GET ${users} 200`, 2],
      ['GET unmatched 200', 2],
    ]).toContainEqual([...seen][0])
    expect(seen.size).toBe(1)
    expect(warnings).toHaveLength(1)
  })

  test('a route option may keep what the framework says, and say anything else in a valid exposition', async () => {
    const hostile = 'a"b\\c\nd\u0000'
    const port = await start({
      route: ({ url }, _res, suggested) => (url!.endsWith('?x') ? hostile : suggested),
    })
    await send(port, `${base}/users/1?x`)
    await send(port, `${base}/missing`)
    expect([...(await countedAfter(registry, 2)).keys()]).toEqual([`GET ${hostile} 200`, 'GET unmatched 404'])
  })

  test('more routes than the limit are one', async () => {
    const port = await start({ routeLimit: 2, route: ({ url }) => url! })
    for (let at = 0; at < 5; at += 1) await send(port, `${base}/users/${at}`)
    const seen = Object.fromEntries(await countedAfter(registry, 5))
    expect(seen).toEqual({
      [`GET ${base}/users/0 200`]: 1,
      [`GET ${base}/users/1 200`]: 1,
      'GET other 200': 3,
    })
  })

  test('what is ignored is not counted, and what ignore throws does no harm', async () => {
    const port = await start({
      ignore: ({ url }) => {
        if (url!.endsWith('throw')) throw new Error('on purpose')
        return url!.endsWith('health')
      },
    })
    for (const path of ['/users/health', '/users/throw']) expect(await send(port, base + path)).toBe(200)
    expect(Object.fromEntries(await countedAfter(registry, 1))).toEqual({ [`GET ${users} 200`]: 1 })
  })

  test('two applications on one registry are counted together, on two apart', async () => {
    const other = new Registry()
    const ports = [await start(), await start(), await start({ registry: other })]
    for (const port of ports) await send(port, `${base}/users/1`)
    expect(Object.fromEntries(await countedAfter(registry, 2))).toEqual({ [`GET ${users} 200`]: 2 })
    expect(Object.fromEntries(await countedAfter(other, 1))).toEqual({ [`GET ${users} 200`]: 1 })
    expect(warnings).toEqual([])
  })

  test('behind a recorder of the whole process it names the routes, and nothing is counted twice', async () => {
    const metrics = new MetricsMiddleware({ registry })
    const recorded = processHTTPMetrics({ metrics })
    const port = await start({ metrics })
    await send(port, `${base}/users/1`)
    await send(port, `${base}/missing`)
    const seen = Object.fromEntries(await countedAfter(registry, 2))
    recorded.stop()
    metrics.stop()
    expect(seen['GET unmatched 404']).toBe(1)
    expect(Object.keys(seen)).toHaveLength(2)
  })
})
