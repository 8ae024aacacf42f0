import { expect, test } from 'vitest'
import { escapeName, writtenName } from '../../src/model/name-escaping.js'

// Columns: the name, then under underscores, dots and values.
test.each([
  ['no:escaping_required', 'no:escaping_required', 'no:escaping__required', 'no:escaping_required'],
  [
    'mysystem.prod.west.cpu.load',
    'mysystem_prod_west_cpu_load',
    'mysystem_dot_prod_dot_west_dot_cpu_dot_load',
    'U__mysystem_2e_prod_2e_west_2e_cpu_2e_load',
  ],
  [
    'mysystem.prod.west.cpu.load_total',
    'mysystem_prod_west_cpu_load_total',
    'mysystem_dot_prod_dot_west_dot_cpu_dot_load__total',
    'U__mysystem_2e_prod_2e_west_2e_cpu_2e_load__total',
  ],
  ['http.status:sum', 'http_status:sum', 'http_dot_status:sum', 'U__http_2e_status:sum'],
  ['label with 😱', 'label_with__', 'label__with____', 'U__label_20_with_20__1f631_'],
  ['花火', '__', '____', 'U___82b1__706b_'],
  ['花火_a', '___a', '______a', 'U___82b1__706b___a'],
  ['1a', '_a', '__a', 'U___31_a'],
  ['a1', 'a1', 'a1', 'a1'],
  ['ABC', 'ABC', 'ABC', 'ABC'],
])('metric name %s', (name, underscores, dots, values) => {
  expect(escapeName(name, 'metric', 'allow-utf-8')).toBe(name)
  expect(escapeName(name, 'metric', 'underscores')).toBe(underscores)
  expect(escapeName(name, 'metric', 'dots')).toBe(dots)
  expect(escapeName(name, 'metric', 'values')).toBe(values)
})

test('a colon is legal in the name of a metric and not in that of a label', () => {
  expect(escapeName('a:b', 'label', 'underscores')).toBe('a_b')
  expect(escapeName('a:b', 'label', 'dots')).toBe('a__b')
  expect(escapeName('a:b', 'label', 'values')).toBe('U__a_3a_b')
  expect(writtenName('a:b', 'label', 'allow-utf-8')).toBe('"a:b"')
  expect(writtenName('a:b', 'metric', 'allow-utf-8')).toBe('a:b')
})

test('a name is quoted only where it has to be', () => {
  expect(writtenName('a.b"\\\n', 'metric', 'allow-utf-8')).toBe('"a.b\\"\\\\\\n"')
  expect(writtenName('a.b', 'metric', 'underscores')).toBe('a_b')
})
