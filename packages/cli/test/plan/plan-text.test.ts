import { createColors } from 'picocolors'
import { parseExposition } from 'telltale/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { planFleet } from '../../src/plan/fleet-plan.js'
import { shapeOf } from '../../src/plan/instance-shape.js'
import { parsePlan } from '../../src/plan/plan-options.js'
import { planLines } from '../../src/plan/plan-text.js'
import { columnsOf } from '../../src/text-columns.js'

const colours = createColors(false)
afterEach(() => vi.unstubAllEnvs())

/** The plan of 200 instances with three series each, as it is printed. */
function printed(...args: string[]): readonly string[] {
  const options = parsePlan(['-n', '200', '--memory', '64MB', '--releases', '2', ...args])!
  const body = '# TYPE a_total counter\na_total{x="1"} 1\na_total{x="2"} 1\n# TYPE b gauge\nb 1\n'
  const shape = shapeOf(parseExposition(body), body.length)
  const plan = planFleet(shape, options.fleet)
  return planLines(
    { source: 'http://app:9090/metrics', shape, fleet: options.fleet, plan },
    colours,
    options.language,
  )
}

test('a plan is told in the language that was asked for, or in that of the environment', () => {
  vi.stubEnv('LC_ALL', 'ko_KR.UTF-8')
  const korean = printed()
  expect(korean).toEqual(printed('--language', 'ko'))
  expect(korean[0]).toContain('인스턴스 하나  http://app:9090/metrics: 메트릭 2개의 시계열 ')
  expect(printed('--language', 'en')[0]).toContain('One instance  http://app:9090/metrics: ')
})

test('both languages say the same figures, in the same columns', () => {
  const [english, korean] = ['en', 'ko'].map((language) => printed('--language', language))
  expect(korean).toHaveLength(english!.length)
  const figures = (line: string) => [...line.matchAll(/\d[\d.,]*/g)].map(([figure]) => figure).sort()
  for (const [index, line] of english!.entries()) {
    if (index !== 1) expect(figures(korean![index]!)).toEqual(figures(line))
  }
  const rows = korean!
    .slice(3, 9)
    .map((line) => columnsOf(/^ {2}\S+ +\S+(?: \S+)?(?= {2})/.exec(line)?.[0] ?? line))
  expect(new Set(rows).size).toBe(1)
  expect(korean!.filter((line) => /[A-Za-z]{5,}/.test(line.replace(/http\S+|a_total/, '')))).toEqual([])
})

test('a language that is not spoken here is refused', () => {
  expect(() => parsePlan(['--language', 'fr'])).toThrow('--language is "fr"; give en or ko')
})
