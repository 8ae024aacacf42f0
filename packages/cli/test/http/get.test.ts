import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '../../../../test/support/free-ports.js'
import { ConnectionError, get } from '../../src/http/index.js'
import { answers, statusOf } from '../../src/stack/http-probe.js'
import { PrometheusApi } from '../../src/stack/prometheus-api.js'

let server: Server | undefined

afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)))
  server = undefined
})

async function serving(listener: RequestListener): Promise<string> {
  const made = createServer(listener)
  server = made
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}` // a TCP server has such an address
}

const echo: RequestListener = ({ headers }, response) => response.end(headers.authorization ?? 'nobody')

test('user and password in the address are sent as a header, and are not in the answer', async () => {
  const address = (await serving(echo)).replace('//', '//kim:p%40ss@')
  const answer = await get(address, { seconds: 10, authorization: 'Bearer other' })
  expect(answer.body).toBe(`Basic ${Buffer.from('kim:p@ss').toString('base64')}`)
  expect(answer.url).not.toContain('kim')
})

test('a password with a lone percent sign is sent as it stands', async () => {
  const address = (await serving(echo)).replace('//', '//kim:50%@')
  expect((await get(address, { seconds: 10 })).body).toBe(
    `Basic ${Buffer.from('kim:50%').toString('base64')}`,
  )
})

test('a header that is named goes before the login of the address', async () => {
  const address = (await serving(echo)).replace('//', '//kim:pass@')
  const answer = await get(address, { seconds: 10, headers: { authorization: 'Bearer mine' } })
  expect(answer.body).toBe('Bearer mine')
})

test('a body that does not end is read up to the limit', async () => {
  const address = await serving((_, response) => void response.write('x'.repeat(10_000)))
  const answer = await get(address, { seconds: 10, mostBytes: 5_000 })
  expect(answer).toMatchObject({ status: 200, whole: false })
  expect(answer.content.length).toBe(answer.bytes)
})

test('of a body that never comes the status is known', async () => {
  const address = await serving((_, response) => response.writeHead(200).flushHeaders())
  expect(await answers(address)).toBe(true)
})

test('redirects are answered, and followed only on demand', async () => {
  const address = await serving(({ url }, response) => {
    if (url === '/there') response.end('arrived')
    else response.writeHead(302, { location: '/there' }).end()
  })
  expect(await get(address, { seconds: 10 })).toMatchObject({ status: 302, location: '/there' })
  expect(await get(address, { seconds: 10, redirect: 'follow' })).toMatchObject({ body: 'arrived' })
})

test('an address that nobody answers has a stable code and shows no password', async () => {
  const address = `http://127.0.0.1:${await freePort()}`
  const error = await get(address.replace('//', '//kim:s3cret@'), { seconds: 10 }).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(ConnectionError)
  expect(error).toMatchObject({ code: 'TELLTALE_UNREACHABLE', fault: { kind: 'refused' } })
  expect(String(error)).not.toContain('s3cret')
  expect(await statusOf(address)).toBe(0)
})

test('a server that says nothing is given up in time, and the error says how long was waited', async () => {
  const address = await serving(() => undefined)
  await expect(get(address, { seconds: 0.2 })).rejects.toMatchObject({
    code: 'TELLTALE_UNREACHABLE',
    fault: { kind: 'timeout', detail: '0.2 s' },
  })
})

test('a web page in the place of the API of Prometheus is refused with a code, not with an error of JSON', async () => {
  const address = await serving((_, response) => response.writeHead(404).end('<html>'))
  await expect(new PrometheusApi(address).query('up')).rejects.toMatchObject({
    code: 'TELLTALE_SERVER_NOT_READY',
    message: 'Prometheus refused query: status 404',
  })
})
