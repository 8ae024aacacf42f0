import { expect, test } from 'vitest'
import { durationText, parseDuration, parseVersion, readRe2 } from '../../src/promql/index.js'

test.each([
  ['5m', 300],
  ['1h30m', 5400],
  ['1y2w3d4h5m6s7ms', 31_536_000 + 1_209_600 + 259_200 + 14_400 + 306.007],
  ['0', 0],
  ['0s', 0],
  ['', undefined],
  ['5', undefined],
  ['5M', undefined],
  ['1.5h', undefined],
  ['-5m', undefined],
  ['30m1h', undefined],
  ['300y', undefined],
])('the duration %j has %s seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds)
})

test.each([
  [90, '1m30s'],
  [86_400 * 90, '90d'],
  [604_800, '1w'],
  [0.25, '250ms'],
  [0, '0s'],
])('%s seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text)
})

test.each([
  ['2.42', { major: 2, minor: 42 }],
  ['v3.1.0', { major: 3, minor: 1 }],
  ['3.0.0-rc.1', { major: 3, minor: 0 }],
  ['3', undefined],
  ['latest', undefined],
])('the version %s is %o', (text, version) => {
  expect(parseVersion(text)).toEqual(version)
})

test.each([
  ['abc', { matchesEmpty: false, literal: 'abc' }],
  ['a\\.b', { matchesEmpty: false, literal: 'a.b' }],
  ['.*', { matchesEmpty: true, literal: undefined }],
  ['(a|b?)', { matchesEmpty: true, groups: 1 }],
  ['(?P<x>a)+(?:b)(c)', { matchesEmpty: false, groups: 2, groupNames: ['x'] }],
  ['', { matchesEmpty: true, literal: '' }],
  ['\\Qa+b\\E', { literal: 'a+b' }],
  ['[^]a]', { literal: undefined }],
])('the regular expression %j is %o', (pattern, facts) => {
  expect(readRe2(pattern)).toMatchObject(facts)
})
