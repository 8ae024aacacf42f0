import { expect, test } from 'vitest'
import { addressOf, metricsAddressOf } from '../../src/http/index.js'

test.each([
  ['http://localhost:9091', 'http://localhost:9091'],
  ['localhost:9091', 'http://localhost:9091'],
  ['prometheus', 'http://prometheus'],
  ['ftp://localhost', undefined],
  ['http://', undefined],
  ['two words', undefined],
])('where a server is expected, %j is %j', (text, address) => {
  expect(addressOf(text)).toBe(address)
})

test.each([
  ['localhost:9090', 'http://localhost:9090/metrics'],
  ['[::1]:9090', 'http://[::1]:9090/metrics'],
  ['localhost:9090/', 'http://localhost:9090/'],
  ['localhost:9090/admin/metrics', 'http://localhost:9090/admin/metrics'],
  ['https://app.example', 'https://app.example/metrics'],
  ['metrics', undefined],
  ['metrics.txt', undefined],
  ['C:\\metrics.txt', undefined],
])('where a file may be meant as well, %j is %j', (text, address) => {
  expect(metricsAddressOf(text)).toBe(address)
})
