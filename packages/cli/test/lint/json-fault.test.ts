import { expect, test } from 'vitest'
import { jsonFaultOf } from '../../src/lint/json-fault.js'

const broken: readonly (readonly [text: string, place: string, detail: string])[] = [
  ['{"a": 1', '1:8', 'expected a comma or }, got the end of the file'],
  ['{\n  "a": 1,\n}', '3:1', 'expected a name in double quotes, got }'],
  ['{"a": 1 "b": 2}', '1:9', 'expected a comma or }, got "'],
  ['{a: 1}', '1:2', 'expected a name in double quotes or }, got a'],
  ["{'a': 1}", '1:2', "expected a name in double quotes or }, got '"],
  ['{"a" 1}', '1:6', 'expected a colon, got 1'],
  ['{"a": True}', '1:7', 'expected a value, got True'],
  ['{"a": 01}', '1:7', 'expected a value, got 01'],
  ['[1, 2,]', '1:7', 'expected a value, got ]'],
  ['[1, 2}', '1:6', 'expected a comma or ], got }'],
  ['[', '1:2', 'expected a value or ], got the end of the file'],
  ['[1] [2]', '1:5', 'expected nothing more, got ['],
  ['{"a": "one\ntwo"}', '1:11', 'expected the end of a text ("), got the end of the line'],
  ['{"a": "\\x"}', '1:8', 'expected the end of a text ("), got \\'],
  ['{"a": 1, // note\n"b": 2}', '1:10', 'expected a name in double quotes, got /'],
  ['', '1:1', 'expected a value, got the end of the file'],
]

test.each(broken)('%j is broken at %s: %s', (text, place, detail) => {
  const fault = jsonFaultOf(text)!
  expect(`${fault.line}:${fault.column}`).toBe(place)
  expect(fault.detail.en).toBe(detail)
  expect(fault.detail.ko).toMatch(/[가-힣]/)
})

test.each(['{}', '[]', ' {"a": [1, -2.5e3, "\\u00e9\\n\u0085", true, null, {"b": {}}]}\n'])(
  '%j has no fault',
  (text) => {
    expect(jsonFaultOf(text)).toBeUndefined()
  },
)

test('every text that JSON.parse refuses has a fault at a place inside it', () => {
  const whole = '{"a": [1, {"b": "x\\n"}, true], "c": -1.5e3}'
  for (let cut = 0; cut < whole.length; cut++) {
    const fault = jsonFaultOf(whole.slice(0, cut))!
    expect(fault.column).toBeLessThanOrEqual(cut + 1)
  }
})

test('a hundred thousand open brackets have a fault too', () => {
  expect(jsonFaultOf('['.repeat(100_000))).toMatchObject({ line: 1, column: 100_001 })
})
