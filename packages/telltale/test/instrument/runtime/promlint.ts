import type { TextFamily } from '../../../../../test/support/text-parser.js'

const baseUnits = [
  'amperes',
  'bytes',
  'celsius',
  'grams',
  'joules',
  'kelvin',
  'meters',
  'metres',
  'seconds',
  'volts',
]
const otherUnits =
  'minutes hours days weeks kelvins fahrenheit rankine inches yards miles bits calories pounds ounces'.split(
    ' ',
  )
const scales =
  'pico nano micro milli centi deci deca hecto kilo kibi mega mibi giga gibi tera tebi peta pebi'.split(' ')
const shortUnits = new Set('s ms us ns sec b kb mb gb tb pb m h d'.split(' '))
const wrongUnits = new Set([
  ...otherUnits,
  ...scales.flatMap((scale) => [...baseUnits, ...otherUnits].map((unit) => scale + unit)),
])
const typeWords = new Set(['gauge', 'counter', 'histogram', 'summary'])

/** What Prometheus' linter would say of a family, by its nine rules; a series given twice fails in the parser. */
export function lint(family: TextFamily): readonly string[] {
  const { name, type } = family
  const tokens = name.split('_')
  const labels = new Set(family.samples.flatMap((sample) => Object.keys(sample.labels)))
  const distribution = type === 'histogram' || type === 'summary'
  const rules: readonly (readonly [broken: boolean, rule: string])[] = [
    [!family.help, 'has no help'],
    [tokens.some((token) => wrongUnits.has(token)), 'is not in a base unit'],
    [type === 'counter' && !name.endsWith('_total'), 'is a counter without _total'],
    [type !== 'counter' && name.endsWith('_total'), 'ends in _total and is no counter'],
    [!distribution && /_(bucket|count|sum)$/.test(name), 'has a reserved suffix'],
    [type !== 'histogram' && labels.has('le'), 'has the label le'],
    [type !== 'summary' && labels.has('quantile'), 'has the label quantile'],
    [tokens.some((token) => typeWords.has(token)), 'has its type in its name'],
    [name.includes(':'), 'has a colon'],
    [[name, ...labels].some((text) => /[a-z][A-Z]/.test(text)), 'is in camel case'],
    [tokens.some((token) => shortUnits.has(token)), 'has a shortened unit'],
  ]
  return rules.filter(([broken]) => broken).map(([, rule]) => `${name} ${rule}`)
}
