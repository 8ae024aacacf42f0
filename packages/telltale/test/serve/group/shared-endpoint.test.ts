import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { freePort } from '../../../../../test/support/free-ports.js'
import { Endpoint, type EndpointSettings } from '../../../src/serve/endpoint.js'
import { SharedEndpoint } from '../../../src/serve/group/shared-endpoint.js'
import { TestGroup, type TestMember } from './test-group.js'

function endpointOf({ group }: TestMember, port: number): SharedEndpoint {
  const settings: EndpointSettings = {
    port,
    host: '127.0.0.1',
    cors: false,
    reset: false,
    selfMetrics: false,
  }
  return new SharedEndpoint(new Endpoint(group, settings), group, { port, host: '127.0.0.1' })
}

async function scrape(port: number): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('it never was so')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('of two processes with one port one serves both, and the other takes over when it goes', async () => {
  await using group = await TestGroup.open()
  const a = await group.join()
  a.jobs.labels('mail').inc(1)
  const port = await freePort()
  const first = endpointOf(a, port)
  await first.open()
  const b = await group.join()
  b.jobs.labels('mail').inc(10)
  const second = endpointOf(b, port)
  try {
    expect(await second.open()).toEqual({ port, host: '127.0.0.1' })
    expect(second.isWaiting).toBe(true)
    expect(await scrape(port)).toContain('jobs_total{kind="mail"} 11')
    await first.close()
    await until(() => !second.isWaiting)
    expect(await scrape(port)).toContain('jobs_total{kind="mail"} 11')
  } finally {
    await second.close()
  }
})

test('a port that a stranger has is refused when nobody else is in the group', async () => {
  await using group = await TestGroup.open()
  const stranger = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => stranger.once('listening', resolve))
  const shared = endpointOf(await group.join(), (stranger.address() as AddressInfo).port)
  try {
    await expect(shared.open()).rejects.toMatchObject({ code: 'TELLTALE_PORT' })
  } finally {
    await shared.close()
    stranger.close()
  }
})

test('one that waits and is closed takes no port any more', async () => {
  await using group = await TestGroup.open()
  const first = endpointOf(await group.join(), 0)
  const { port } = await first.open()
  const second = endpointOf(await group.join(), port)
  await second.open()
  await second.close()
  await first.close()
  const free = createServer()
  await new Promise<void>((resolve) => free.listen(port, '127.0.0.1', resolve))
  await new Promise((resolve) => free.close(resolve))
})
