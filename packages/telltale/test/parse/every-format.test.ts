import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Counter, exposeBytes, Gauge, Histogram, Info, Registry, StateSet, Summary } from '../../src/index.js'
import type { ParsedExposition } from '../../src/parse/exposition-model.js'
import { parseExposition } from '../../src/parse/parse-exposition.js'
import { readRegistry } from '../../src/parse/registry-reader.js'
import { labelKey } from '../../src/parse/series-key.js'

const formats = {
  text: undefined,
  openmetrics: 'application/openmetrics-text; version=1.0.0',
  openmetrics2: 'application/openmetrics-text; version=2.0.0',
  protobuf: 'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited',
} as const

async function scraped(registry: Registry, accept: string | undefined): Promise<ParsedExposition> {
  const { contentType, chunks } = await exposeBytes(registry, { accept })
  return parseExposition(Buffer.concat(chunks), contentType, { strict: true })
}

/** Every sample by its name and labels: what all formats have in common, which is no -0. */
function values({ families }: ParsedExposition): ReadonlyMap<string, number> {
  const samples = families.flatMap((family) => family.samples)
  return new Map(samples.map(({ name, labels, value }) => [`${name} ${labelKey(labels)}`, value + 0]))
}

function everyType(): Registry {
  const registry = new Registry({ defaultLabels: { region: 'north' }, openMetrics2: true })
  const requests = new Counter({
    name: 'requests_total',
    help: 'Requests\nin "all" \\.',
    labels: ['path', 'region'],
    registry,
  })
  requests.labels('/a"b\\c\nd', '').inc(2 ** 40)
  requests.labels('/ü', 'south').inc(0.1)
  new Gauge({ name: 'temperature_celsius', help: 'T.', unit: 'celsius', registry }).set(-Infinity)
  const took = new Histogram({
    name: 'took_seconds',
    help: 'D.',
    labels: ['a'],
    buckets: [0.5, 1, 1e6],
    registry,
  })
  for (const value of [0.1, 0.7, 9e9]) took.labels('x').observe(value)
  const native = new Histogram({ name: 'native_seconds', help: 'N.', native: {}, buckets: [], registry })
  for (const value of [0.25, 0.5, 0, -3]) native.observe(value)
  new Summary({ name: 'size_bytes', help: 'S.', quantiles: [0.5, 1], registry }).observe(3)
  new Info({ name: 'build_info', help: 'B.', labels: ['version'], registry }).set({ version: '1.2' })
  new StateSet({ name: 'mode', help: 'M.', states: ['on', 'off'], registry }).set('on')
  return registry
}

describe.each(Object.entries(formats))('a registry read back from %s', (format, accept) => {
  test('says what the registry says', async () => {
    const registry = everyType()
    const read = await scraped(registry, accept)
    const direct = await readRegistry(registry)
    expect(read.format).toBe(format)
    const isWhole = format === 'protobuf' || format === 'openmetrics2'
    if (isWhole) expect(values(read)).toEqual(values(direct))
    else for (const [key, value] of values(read)) expect([key, values(direct).get(key)]).toEqual([key, value])
    expect(read.families.map(({ name, help }) => [name, help])).toEqual(
      direct.families.map(({ name, help }) => [name, help]),
    )
  })
})

test.each(['protobuf', 'openmetrics2'] as const)(
  'native buckets come back from %s as they were',
  async (format) => {
    const registry = everyType()
    const [read] = (await scraped(registry, formats[format])).families.flatMap((family) => family.natives)
    const [direct] = (await readRegistry(registry)).families.flatMap((family) => family.natives)
    expect(read).toEqual(direct)
    expect(read).toMatchObject({ count: 4, zeroCount: 1, labels: { region: 'north' } })
  },
)

test('any label value and any number come back from every format', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1, maxLength: 5 }),
      fc.double({ noNaN: true }),
      async (labels, value) => {
        const registry = new Registry({ openMetrics2: true })
        const gauge = new Gauge({ name: 'a', help: 'A.', labels: ['b'], registry })
        for (const label of labels) gauge.labels(label).set(value)
        for (const accept of Object.values(formats)) {
          expect(values(await scraped(registry, accept))).toEqual(values(await readRegistry(registry)))
        }
      },
    ),
    { numRuns: 300 },
  )
})

describe('a protobuf message', () => {
  test.each<[fault: string, bytes: readonly number[], message: string]>([
    ['that ends early', [5, 10, 3, 97], 'message 1, column 2: got 3 bytes, expected 5 bytes'],
    ['with a text that ends early', [3, 10, 9, 97], 'got 1 bytes, expected 9 bytes'],
    ['with a name that is a number', [2, 8, 1], 'wire type 0 in field 1, expected a length'],
    ['with a name that is not UTF-8', [3, 10, 1, 255], 'bytes that are not UTF-8'],
    ['with a group', [1, 11], 'wire type 3'],
    ['that is the second and empty of sense', [0, 1, 255], 'message 2, column 3'],
  ])('%s is refused with its number and byte', (_, bytes, message) => {
    expect(() => parseExposition(Uint8Array.from(bytes), 'application/vnd.google.protobuf')).toThrow(message)
  })

  test('whose histogram contradicts itself is refused by a strict reader with its number', async () => {
    // A histogram named "a" of one metric: the count is 1, and the last bucket holds 2.
    const metric = [58, 15, 8, 1, 26, 11, 8, 2, 17, 0, 0, 0, 0, 0, 0, 240, 127]
    const family = [10, 1, 97, 24, 4, 34, metric.length, ...metric]
    const bytes = Uint8Array.from([0, family.length, ...family])
    const read = (strict: boolean) => parseExposition(bytes, 'application/vnd.google.protobuf', { strict })
    expect(read(false).families).toHaveLength(2)
    expect(() => read(true)).toThrow('message 2, column 1: got a: a count of 1 and 2 in le="+Inf"')
  })

  test('any bytes are read or refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          parseExposition(bytes, 'application/vnd.google.protobuf')
        } catch (error) {
          expect(error).toMatchObject({ code: 'TELLTALE_EXPOSITION' })
        }
      }),
    )
  })

  test('as a text is refused', () => {
    expect(() => parseExposition('a', 'application/vnd.google.protobuf')).toThrow(/expected its bytes/)
  })
})
