import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Registry } from '../../src/index.js'
import { type Case, type CaseName, cases, type Host, type Running } from './contract.js'
import { countedAfter, send } from './counted.js'
import { hosts } from './hosts.js'

interface Row extends Case {
  readonly title: string
}

/** The cases of a host, as it has them; those that it cannot have say why in its table. */
function rowsOf({ base, deviations }: Host): readonly Row[] {
  return Object.entries(cases).flatMap(([title, stated]) => {
    const deviation = deviations[title as CaseName]
    if (deviation !== undefined && 'leftOut' in deviation) return []
    const { counted, requests, ...rest }: Case = { ...stated, ...deviation }
    return {
      ...rest,
      title,
      requests: requests.map((path) => base + path),
      counted: counted.map((line) => line.replace(' /', ` ${base}/`)),
    }
  })
}

describe.each(hosts)('$name', (host) => {
  let registry: Registry
  let running: Running

  beforeEach(async () => {
    registry = new Registry()
    running = await host.serve({ registry }, async () => 'ok')
  })

  afterEach(() => running.stop())

  test.each(rowsOf(host))('$title', async ({ requests, counted, ...sending }) => {
    for (const path of requests) await send(running.port, path, sending)
    const seen = await countedAfter(registry, requests.length)
    expect([...seen.keys()].sort()).toEqual([...counted].sort())
    expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBe(requests.length)
  })
})
