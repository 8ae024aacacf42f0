import fc from 'fast-check'
import type { Aggregator } from '../../src/aggregate/aggregator.js'
import type { FamilySnapshot, SeriesSnapshot } from '../../src/aggregate/family-snapshot.js'
import { MergedFamily } from '../../src/aggregate/merged-family.js'
import type { Family, LineShape } from '../../src/metrics/sample-line.js'

/** What readers of a scrape see of snapshots, whatever the order of families, series and labels. */
export function shownBy(families: readonly FamilySnapshot[]): ReadonlyMap<string, number> {
  return shownByFamilies(families.map((family) => new MergedFamily(family)))
}

/** The same of families. */
export function shownByFamilies(families: readonly Family[]): ReadonlyMap<string, number> {
  const shown = new Map<string, number>()
  for (const family of families) {
    const sample = (line: number, { values }: { readonly values: readonly string[] }, value: number) => {
      const { suffix, label } = family.lines[line]!
      const pairs = family.labelNames.map((name, i) => [name, values[i]!] as const)
      const labels = label === undefined ? pairs : [...pairs, [label.name, String(label.value)] as const]
      const known = labels.filter(([, text]) => text !== '').sort(([a], [b]) => (a < b ? -1 : 1))
      shown.set(`${family.name}${suffix}${JSON.stringify(known)}`, value)
    }
    family.emit({ family() {}, sample }, 0, family.size)
  }
  return new Map([...shown].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const single: readonly LineShape[] = [{ suffix: '' }]

const bucket = (value: number): LineShape => ({ suffix: '_bucket', label: { name: 'le', value } })
const quantile = (value: number): LineShape => ({ suffix: '', label: { name: 'quantile', value } })

/** A counter or a gauge by label values. */
export function plain(
  type: 'counter' | 'gauge',
  samples: Readonly<Record<string, number>>,
  aggregator: Aggregator = 'sum',
): FamilySnapshot {
  const series = Object.entries(samples).map(([value, sample]) => ({ values: [value], samples: [sample] }))
  return { name: type, help: 'H.', type, aggregator, labelNames: ['l'], lines: single, series }
}

/** A histogram of one series: bounds with their cumulative counts. */
export function histogram(counts: readonly (readonly [number, number])[], sum: number): FamilySnapshot {
  const lines = [...counts.map(([bound]) => bucket(bound)), { suffix: '_sum' }, { suffix: '_count' }] as const
  const samples = [...counts.map(([, count]) => count), sum, counts.at(-1)![1]]
  return {
    name: 'h',
    help: 'H.',
    type: 'histogram',
    aggregator: 'sum',
    labelNames: [],
    lines,
    series: [{ values: [], samples }],
  }
}

/** A summary of one series: quantiles with their values. */
export function summary(quantiles: readonly (readonly [number, number])[], sum: number, count: number) {
  const lines = [
    ...quantiles.map(([ratio]) => quantile(ratio)),
    { suffix: '_sum' },
    { suffix: '_count' },
  ] as const
  const series: readonly SeriesSnapshot[] = [
    { values: [], samples: [...quantiles.map(([, value]) => value), sum, count] },
  ]
  return { name: 's', help: 'H.', type: 'summary', aggregator: 'sum', labelNames: [], lines, series } as const
}

const label = fc.constantFrom('', 'a', 'b', '","', '\\')
/** Sums of these are exact, so that their order shows nothing of its own. */
const whole = fc.integer({ min: 0, max: 2 ** 30 })

function anySeries(labels: number, lines: number): fc.Arbitrary<SeriesSnapshot> {
  return fc.record({
    values: fc.array(label, { minLength: labels, maxLength: labels }),
    samples: fc.array(
      fc.oneof({ weight: 9, arbitrary: whole }, { weight: 1, arbitrary: fc.constant(null) }),
      {
        minLength: lines,
        maxLength: lines,
      },
    ),
  })
}

/** Any family of one process; those of one name differ in labels, buckets and series. */
export function anyFamily(aggregator: Aggregator): fc.Arbitrary<FamilySnapshot> {
  const labelNames = fc.subarray(['x', 'y', 'z'])
  const shape = fc.constantFrom<readonly ['counter' | 'histogram' | 'summary', readonly LineShape[]]>(
    ['counter', single],
    ['histogram', [bucket(1), bucket(Infinity), { suffix: '_sum' }, { suffix: '_count' }]],
    ['histogram', [bucket(1), bucket(5), bucket(Infinity), { suffix: '_sum' }, { suffix: '_count' }]],
    ['summary', [quantile(0.5), { suffix: '_sum' }, { suffix: '_count' }]],
  )
  return fc.tuple(shape, labelNames).chain(([[type, lines], names]) =>
    fc
      .uniqueArray(anySeries(names.length, lines.length), {
        maxLength: 4,
        selector: ({ values }) => JSON.stringify(values),
      })
      .map((series) => ({ name: type, help: 'H.', type, aggregator, labelNames: names, lines, series })),
  )
}
