import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { freePort } from '../../../../test/support/free-ports.js'
import { isPortFree, nextFreePort } from '../../src/stack/ports.js'

describe.each(['127.0.0.1', '0.0.0.0', '::'])('a port that is used on %s', (host) => {
  test('is not free, and the next one is taken instead', async () => {
    const server = createServer().listen(0, host)
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(await isPortFree(port)).toBe(false)
    expect(await nextFreePort(port, new Set())).toBeGreaterThan(port)
    server.close()
    await once(server, 'close')
    expect(await isPortFree(port)).toBe(true)
  })
})

test('ports that are promised to others are passed over', async () => {
  const port = await freePort()
  expect(await nextFreePort(port, new Set([port]))).toBeGreaterThan(port)
})
