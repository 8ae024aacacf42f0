import pc from 'picocolors'
import { parseExposition } from 'telltale/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { type Language, languages } from '../../src/language.js'
import { columnsOf, cutTo } from '../../src/text-columns.js'
import { EndpointHistory } from '../../src/top/endpoint-history.js'
import { frameOf, tableOf } from '../../src/top/frame.js'
import { parseTop } from '../../src/top/top-options.js'
import { topTexts } from '../../src/top/top-texts.js'
import { viewNames } from '../../src/top/views.js'

const plain = pc.createColors(false)
afterEach(() => vi.unstubAllEnvs())

const page = (n: number) => `# TYPE orders_total counter
orders_total{product="김밥 한 줄과 따뜻한 어묵 국물 한 그릇",status="200"} ${n * 20}
orders_total{product="떡볶이",status="500"} ${n}
# TYPE took_seconds histogram
took_seconds_bucket{le="0.1"} ${n}
took_seconds_bucket{le="+Inf"} ${n}
took_seconds_sum ${n * 0.05}
took_seconds_count ${n}
# TYPE rested_seconds summary
rested_seconds_sum 4
rested_seconds_count 8
`

function history(): EndpointHistory {
  const read = new EndpointHistory()
  for (const n of [10, 30]) {
    const text = page(n)
    read.add({ exposition: parseExposition(text), bytes: text.length, seconds: 0.002, at: 100 * n })
  }
  return read
}

/** The whole of every view in one language. */
function screens(language: Language, columns: number): readonly (readonly string[])[] {
  const read = history()
  return viewNames.map((view) => {
    const state = { source: 'http://shop:9090', view, offset: 0, paused: false, every: 1_000, language }
    return frameOf(read, { ...state, trouble: undefined }, { columns, rows: 16 }, plain).lines
  })
}

test('the views are told in the language that was asked for, or in that of the environment', () => {
  vi.stubEnv('LC_ALL', 'ko_KR.UTF-8')
  expect(parseTop([])?.language).toBe('ko')
  expect(parseTop(['--language', 'en'])?.language).toBe('en')
  expect(() => parseTop(['--language', 'fr'])).toThrow('--language is "fr"; give en or ko')
})

test.each([80, 100, 132])('in a terminal of %d columns no line of either language is longer', (columns) => {
  for (const language of languages) {
    const long = screens(language, columns).flatMap((lines) =>
      lines.filter((line) => columnsOf(line) > columns),
    )
    expect(long).toEqual([])
  }
})

test('in Korean the series stand in the same columns as in English', () => {
  const startOf = (line: string) => columnsOf(line.slice(0, line.search(/orders_total|took_|rested_/)))
  const [english, korean] = languages.map((language) => screens(language, 120))
  for (const [index, lines] of korean!.entries()) {
    for (const row of [5, 6]) {
      if (/_/.test(lines[row]!)) expect(startOf(lines[row]!)).toBe(startOf(english![index]![row]!))
    }
    expect(columnsOf(lines[4]!.slice(0, lines[4]!.search(/(시계열|메트릭)$/)))).toBe(startOf(lines[5]!))
  }
  expect(korean!.map((lines) => lines[4]).join()).not.toMatch(/second|mean|share|since/)
  expect(korean![1]!.join('\n')).toContain('쉬는 중')
})

test('headings fit above their columns in both languages', () => {
  for (const language of languages) {
    const { columns } = topTexts[language]
    const widths = { perSecond: 10, trend: 16, total: 12, p95: 9, mean: 9, share: 8, series: 9 } as const
    for (const [name, width] of Object.entries(widths)) {
      expect(columnsOf(columns[name as keyof typeof widths])).toBeLessThanOrEqual(width)
    }
    const others = [columns.ofAll, columns.sinceStart, columns.perMinute].map(columnsOf)
    expect(others.map((width, i) => width <= [9, 11, 10][i]!)).toEqual([true, true, true])
  }
})

test('both languages have a text for everything', () => {
  const shape = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shape(part)]))
      : typeof value
  expect(shape(topTexts.ko)).toEqual(shape(topTexts.en))
})

test('a table in Korean says so where there is nothing', () => {
  const empty = tableOf(new EndpointHistory(), 'failing', { columns: 100, rows: 3 }, plain, 'ko')
  expect(empty).toEqual(['오류', '  실패가 없습니다. 오류 카운터와 5xx 시계열이 모두 0입니다.'])
})

test('a text is cut by columns, not by letters', () => {
  expect(cutTo('떡볶이 hot', 7)).toBe('떡볶이…')
  expect(cutTo('떡볶이', 6)).toBe('떡볶이')
  expect(cutTo('떡볶이', 4)).toBe('떡…')
  expect(cutTo('abc', 0)).toBe('')
})
