import { endsInUnit, withoutSuffix } from '../model/unit.js'
import { type LintRule, naming, openMetrics } from './rule.js'

/** Units that a name may have, and for those that it should not have the one to use. */
const baseUnits: ReadonlyMap<string, string> = new Map([
  ...['amperes', 'bytes', 'celsius', 'grams', 'joules', 'kelvin', 'meters', 'metres', 'seconds', 'volts'].map(
    (unit) => [unit, unit] as const,
  ),
  ...['minutes', 'hours', 'days', 'weeks'].map((unit) => [unit, 'seconds'] as const),
  ...['fahrenheit', 'rankine'].map((unit) => [unit, 'celsius'] as const),
  ...['inches', 'yards', 'miles'].map((unit) => [unit, 'meters'] as const),
  ...['pounds', 'ounces'].map((unit) => [unit, 'grams'] as const),
  ['kelvins', 'kelvin'],
  ['bits', 'bytes'],
  ['calories', 'joules'],
])

const scales = [
  ...['pico', 'nano', 'micro', 'milli', 'centi', 'deci', 'deca', 'hecto'],
  ...['kilo', 'kibi', 'mega', 'mibi', 'giga', 'gibi', 'tera', 'tebi', 'peta', 'pebi'],
]

const abbreviations: ReadonlyMap<string, string> = new Map([
  ...['s', 'ms', 'us', 'ns', 'sec', 'm', 'h', 'd'].map((short) => [short, 'seconds'] as const),
  ...['b', 'kb', 'mb', 'gb', 'tb', 'pb'].map((short) => [short, 'bytes'] as const),
])

export const baseUnit: LintRule = {
  id: 'base-unit',
  severity: 'warning',
  reference: `${naming}#base-units`,
  *check({ name }) {
    for (const part of name.split('_')) {
      const base = baseUnitOf(part)
      if (base === undefined) continue
      if (base !== part) {
        const remedy = `Record ${base} and rename the metric; dashboards scale it for people.`
        yield { got: `the unit "${part}"`, expected: `the base unit "${base}"`, remedy }
      }
      // The first unit in a name is its unit; what follows may be a word.
      return
    }
  },
}

export const abbreviatedUnit: LintRule = {
  id: 'abbreviated-unit',
  severity: 'warning',
  reference: `${naming}#base-units`,
  *check({ name }) {
    for (const part of new Set(name.toLowerCase().split('_').slice(1))) {
      const unit = abbreviations.get(part)
      if (unit === undefined) continue
      const remedy = 'Write units out, and use the base unit.'
      yield { got: `"${part}", which reads as a unit`, expected: `"${unit}", if it is one`, remedy }
    }
  },
}

export const unitSuffix: LintRule = {
  id: 'unit-suffix',
  severity: 'error',
  reference: `${openMetrics}#unit`,
  *check({ name, type, unit }) {
    if (unit === undefined || unit === '') return
    if (type === 'info' || type === 'stateset') {
      yield { got: `the unit "${unit}" on a ${type}`, expected: 'no unit', remedy: 'Take the unit away.' }
    } else if (!endsInUnit(type === 'counter' ? withoutSuffix(name, '_total') : name, unit)) {
      yield {
        got: `the unit "${unit}"`,
        expected: `a name that ends in "_${unit}"${type === 'counter' ? ' before "_total"' : ''}`,
        remedy: 'Make both the same: as OpenMetrics, Prometheus refuses the whole scrape.',
      }
    }
  },
}

function baseUnitOf(part: string): string | undefined {
  const known = baseUnits.get(part)
  if (known !== undefined) return known
  const scale = scales.find((prefix) => part.startsWith(prefix) && baseUnits.has(part.slice(prefix.length)))
  return scale === undefined ? undefined : baseUnits.get(part.slice(scale.length))
}
