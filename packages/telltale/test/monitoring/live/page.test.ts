import { describe, expect, test } from 'vitest'
import { liveSections } from '../../../src/monitoring/live/live-panels.js'
import { type Graph, graphSvg } from '../../../src/monitoring/live/page/graph.js'
import { pageWords } from '../../../src/monitoring/live/page/page-words.js'
import { valueText } from '../../../src/monitoring/live/value-text.js'

const graph: Graph = {
  ...{ width: 400, height: 140, from: 1000, to: 1060, times: [1040, 1042, 1044, 1058, 1060] },
  lines: [{ name: 'a', labels: {}, place: 0, values: [1, 2, 3, 4, undefined], last: undefined }],
  ...{ isStacked: false, unit: 'seconds', limits: [], blocked: [], silent: [], cursor: undefined },
  language: 'en',
}
const limit = { severity: 'warning', op: '>', value: 5, forSeconds: 60 } as const

describe('a graph', () => {
  test('leaves open what is not known', () => {
    const [, path] = /class="line c0" d="([^"]+)"/.exec(graphSvg(graph))!
    expect(path!.match(/M/g)).toHaveLength(2)
    expect(path!.match(/L/g)).toHaveLength(2)
  })

  test('shows the threshold of an alert, and the times in which the event loop was blocked', () => {
    const svg = graphSvg({ ...graph, limits: [limit], blocked: [{ from: 1045, to: 1050 }] })
    expect(svg).toContain('class="limit warning"')
    expect(svg).toContain('<rect class="blocked"')
  })

  test('is not pressed flat by a threshold far above it', () => {
    expect(graphSvg({ ...graph, limits: [{ ...limit, value: 500 }] })).not.toContain('class="limit')
  })

  test('has no NaN in it when there is nothing to draw', () => {
    for (const isStacked of [true, false]) {
      const empty = graphSvg({ ...graph, times: [], lines: [], isStacked })
      expect(empty).not.toMatch(/NaN|undefined|Infinity/)
      const zero = [{ ...graph.lines[0]!, values: [0, 0, 0, 0, 0], last: 0 }]
      expect(graphSvg({ ...graph, lines: zero, isStacked })).not.toMatch(/NaN|undefined|Infinity/)
    }
  })
})

test.each([
  [0.0123, 'ratio', '1.23 %', '1.23 %'],
  [0.00034, 'seconds', '340 µs', '340 µs'],
  [0.25, 'seconds', '250 ms', '250 ms'],
  [200, 'seconds', '3 min 20 s', '3분 20초'],
  [7200, 'seconds', '2 h', '2시간'],
  [0, 'seconds', '0 s', '0초'],
  [1.5 * 1024 ** 2, 'bytes', '1.5 MiB', '1.5 MiB'],
  [12_345, 'per-second', '12.3 k/s', '12.3 k/s'],
  [1, 'cores', '1 core', '1 코어'],
  [Number.NaN, 'count', '–', '–'],
] as const)('%s of %s is read as %s', (value, unit, en, ko) => {
  expect(valueText(value, unit, 'en')).toBe(en)
  expect(valueText(value, unit, 'ko')).toBe(ko)
})

test('the page says the same in both languages', () => {
  expect(Object.keys(pageWords.ko).sort()).toEqual(Object.keys(pageWords.en).sort())
  for (const { title, description } of liveSections.flatMap(({ panels }) => panels)) {
    expect(title.ko).not.toBe('')
    expect(description.ko).toMatch(/[가-힣]/)
  }
})
