import { describe, expect, test } from 'vitest'
import { readRemoteWrite, readTarget, secretFile } from '../../src/generate/index.js'

const nothing = { user: undefined, token: false, tenant: undefined }

describe('a target version', () => {
  test.each(['2.42', '2.53', '3.0', '3.5', '3.x'])('%s is taken', (text) => {
    expect(readTarget(text).text).toBe(text)
  })

  test.each(['2.41', '1.8', '4.0', '3', 'latest', ''])('%j is refused with the range', (text) => {
    expect(() => readTarget(text)).toThrow(/2\.42 to 3\.x/)
  })
})

describe('an address for remote write', () => {
  test.each([
    ['https://mimir.example/api/v1/push', 'mimir'],
    ['https://logs.example/api/prom/push', 'mimir'],
    ['http://thanos:19291/api/v1/receive', 'thanos'],
    ['http://vm:8428/api/v1/write', 'victoriametrics'],
    ['http://vm:8480/insert/0/prometheus/api/v1/write', 'victoriametrics'],
  ])('%s belongs to %s', (url, receiver) => {
    expect(readRemoteWrite(url, nothing).receiver).toBe(receiver)
  })

  test.each([
    ['mimir.example', /no address/],
    ['ftp://mimir.example/api/v1/push', /no address/],
    ['https://mimir.example', /Mimir takes \/api\/v1\/push, Thanos receive .* VictoriaMetrics/],
  ])('%s is refused', (url, message) => {
    expect(() => readRemoteWrite(url, nothing)).toThrow(message)
  })

  test('a password in it is refused, and not repeated', () => {
    const read = () => readRemoteWrite('https://bob:s3cret@mimir.example/api/v1/push', nothing)
    expect(read).toThrow(/--remote-write-user NAME/)
    expect(read).not.toThrow(/s3cret/)
  })

  test('two ways to sign in are refused, and one names its file', () => {
    const url = 'https://mimir.example/api/v1/push'
    expect(() => readRemoteWrite(url, { ...nothing, user: 'bob', token: true })).toThrow(/one of them/)
    expect(secretFile(readRemoteWrite(url, { ...nothing, user: 'bob' }))).toBe(
      'secrets/remote-write-password',
    )
    expect(secretFile(readRemoteWrite(url, { ...nothing, token: true }))).toBe('secrets/remote-write-token')
    expect(secretFile(readRemoteWrite(url, nothing))).toBeUndefined()
  })

  test('VictoriaMetrics has no header for a tenant', () => {
    expect(() => readRemoteWrite('http://vm/api/v1/write', { ...nothing, tenant: 'a' })).toThrow(
      /in its path/,
    )
  })
})
