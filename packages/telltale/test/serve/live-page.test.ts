import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { MetricsServer, Registry } from '../../src/index.js'
import { loadLivePage } from '../../src/serve/live/live-page.js'
import { OpenedEndpoint } from './opened-endpoint.js'

const open = (settings = {}) => OpenedEndpoint.open({ livePage: true, ...settings })
const LARGEST = 40_000

describe('the live page', () => {
  test('is one HTML that its own policy lets run, and nothing else', async () => {
    const { status, headers, body } = await (await open()).ask('/live')
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cache-control']).toBe('no-cache, private')
    const hash = (text: string) => createHash('sha256').update(text).digest('base64')
    const [, style] = /<style>(.*?)<\/style>/s.exec(body)!
    const [, script] = /<script>(.*?)<\/script>/s.exec(body)!
    const policy = headers['content-security-policy']
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`script-src 'sha256-${hash(script!)}'`)
    expect(policy).toContain(`style-src 'sha256-${hash(style!)}'`)
    expect(policy).not.toContain('unsafe')
    expect(body.replace(script!, '').replace(style!, '')).not.toMatch(/\son\w+=|\sstyle=|\ssrc=|https?:/)
  })

  test('is compressed, and smaller than 40 kB then', async () => {
    const { gzip } = (await loadLivePage())!
    const bytes = Buffer.from(gzip, 'base64')
    expect(bytes.length).toBeLessThan(LARGEST)
    const { headers } = await (await open()).ask('/live', { headers: { 'Accept-Encoding': 'gzip' } })
    expect(headers['content-encoding']).toBe('gzip')
    expect(Number(headers['content-length'])).toBe(bytes.length)
    expect(gunzipSync(bytes).toString()).toContain('<!doctype html>')
  })

  test('is not sent again to a browser that has it', async () => {
    const opened = await open()
    const { etag } = (await opened.ask('/live')).headers
    const again = await opened.ask('/live', { headers: { 'If-None-Match': `"other", W/${etag}` } })
    expect(again).toMatchObject({ status: 304, body: '' })
    expect((await opened.ask('/live', { headers: { 'If-None-Match': '"other"' } })).status).toBe(200)
  })

  test('answers HEAD without a body, and no other method', async () => {
    const opened = await open()
    expect(await opened.ask('/live', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
    expect((await opened.ask('/live', { method: 'POST' })).status).toBe(405)
  })

  test('is for those who may read the metrics', async () => {
    const opened = await open({ bearerToken: 'secret' })
    for (const path of ['/live', '/live/metrics']) {
      expect((await opened.ask(path)).status).toBe(401)
      const headers = { Authorization: 'Bearer secret' }
      expect((await opened.ask(path, { headers })).status).toBe(200)
    }
  })

  test('asks for metrics without being logged or counted as a scrape', async () => {
    const opened = await open()
    const { status, headers, body } = await opened.ask('/live/metrics?name[]=a_total')
    expect(status).toBe(200)
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toContain('\na_total 2\n')
    expect(body).not.toContain('telltale_scrapes_total')
    expect(opened.log).toEqual([])
    expect(await opened.sample('telltale_scrapes_total{code="200"}')).toBe(0)
  })

  test('is listed where it is on', async () => {
    const endpoints = async (opened: OpenedEndpoint) => JSON.parse((await opened.ask('/')).body).endpoints
    expect(await endpoints(await open())).toMatchObject({ live: '/live' })
    expect(await endpoints(await OpenedEndpoint.open())).not.toHaveProperty('live')
  })

  test('is not there where it is off, and says how it is had', async () => {
    const opened = await OpenedEndpoint.open()
    const { status, body } = await opened.ask('/live')
    expect(status).toBe(404)
    expect(JSON.parse(body).error).toContain('livePage: true')
    expect((await opened.ask('/live/metrics')).status).toBe(404)
  })
})

test.each([
  ['development', undefined, 200],
  ['test', undefined, 200],
  ['staging', undefined, 404],
  ['production', undefined, 404],
  ['prodution', undefined, 404],
  ['production', true, 200],
  ['development', false, 404],
])('in %s with livePage %s, /live answers %i', async (environment, livePage, status) => {
  for (const thread of [true, false]) {
    const own = livePage === undefined ? {} : { livePage }
    const options = {
      registry: new Registry(),
      environment,
      thread,
      log: () => {},
      announce: () => {},
      ...own,
    }
    const server = new MetricsServer(0, options)
    onTestFinished(() => server.stop())
    const { port } = await server.start()
    expect((await fetch(`http://127.0.0.1:${port}/live`)).status).toBe(status)
  }
})
