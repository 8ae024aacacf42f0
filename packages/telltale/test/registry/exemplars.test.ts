import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.js'
import {
  Counter,
  type Exemplar,
  type ExemplarProvider,
  expose,
  Gauge,
  Histogram,
  Registry,
  type Sink,
  Summary,
} from '../../src/index.js'

const help = 'H.'
const accept = 'application/openmetrics-text;version=1.0.0'

/** The samples that have an exemplar, each as OpenMetrics writes the two. */
async function exemplars(registry: Registry): Promise<readonly string[]> {
  const { body } = await expose(registry, { accept })
  return body.split('\n').filter((line) => line.includes(' # {'))
}

/** Gives the number of the request, which goes up each time it is asked. */
function numbered(): ExemplarProvider & { asked: number } {
  const provider = {
    asked: 0,
    labels: () => {
      provider.asked++
      return { request: provider.asked }
    },
  }
  return provider
}

/** A registry with this provider, `null` for none. */
function setUp(provider: ExemplarProvider | null = numbered()) {
  const clock = new ManualClock()
  const registry = new Registry({ clock, warn: () => {}, ...(provider && { exemplars: provider }) })
  const counter = new Counter({ name: 'sent_total', help, registry })
  const histogram = new Histogram({ name: 'wait_seconds', help, buckets: [1, 2], labels: ['a'], registry })
  return { clock, registry, counter, histogram }
}

async function dropped(registry: Registry): Promise<readonly string[]> {
  const { body } = await expose(registry)
  return body.split('\n').filter((line) => line.startsWith('telltale_exemplars_dropped_total'))
}

describe('an exemplar', () => {
  test('stands behind the counter and the buckets it belongs to, with its value and its time', async () => {
    const { clock, registry, counter, histogram } = setUp()
    counter.inc(3)
    clock.advance(1.5)
    histogram.labels('x').observe(0.5)
    clock.advance(1)
    histogram.labels('x').observe(2)
    histogram.labels('y').observe(9)
    expect(await exemplars(registry)).toEqual([
      'sent_total 3 # {request="1"} 3 1700000000',
      'wait_seconds_bucket{a="x",le="1.0"} 1 # {request="2"} 0.5 1700000001.5',
      'wait_seconds_bucket{a="x",le="2.0"} 2 # {request="3"} 2 1700000002.5',
      'wait_seconds_bucket{a="y",le="+Inf"} 1 # {request="4"} 9 1700000002.5',
    ])
  })

  test('is in no other format, and in no other sample', async () => {
    const { registry, counter, histogram } = setUp()
    new Gauge({ name: 'g', help, registry }).set(1)
    new Counter({ name: 'without_suffix', help, registry }).inc()
    counter.inc()
    histogram.labels('x').observe(0.5)
    expect((await expose(registry)).body).not.toContain(' # {')
    expect(await exemplars(registry)).toHaveLength(2)
  })

  test('has its label values escaped', async () => {
    const { registry, counter } = setUp({ labels: () => ({ trace_id: 'a"\\\n€' }) })
    counter.inc()
    expect(await exemplars(registry)).toEqual(['sent_total 1 # {trace_id="a\\"\\\\\\n€"} 1 1700000000'])
  })

  test('is kept for 7 seconds, and only then replaced', async () => {
    const provider = numbered()
    const { clock, registry, counter } = setUp(provider)
    counter.inc()
    clock.advance(6.9)
    counter.inc()
    expect(provider.asked).toBe(1)
    expect(await exemplars(registry)).toEqual(['sent_total 2 # {request="1"} 1 1700000000'])
    clock.advance(0.2)
    counter.inc(5)
    expect(await exemplars(registry)).toEqual(['sent_total 7 # {request="2"} 5 1700000007.1'])
  })

  test('is not shown any more after 70 seconds', async () => {
    const { clock, registry, counter } = setUp()
    counter.inc()
    clock.advance(69)
    expect(await exemplars(registry)).toHaveLength(1)
    clock.advance(2)
    expect(await exemplars(registry)).toEqual([])
  })

  test('is taken from a series at most every 90 milliseconds', () => {
    const provider = numbered()
    const { clock, histogram } = setUp(provider)
    histogram.labels('x').observe(0.5)
    clock.advance(0.08)
    histogram.labels('x').observe(1.5)
    histogram.labels('y').observe(1.5)
    expect(provider.asked).toBe(2)
    clock.advance(0.02)
    histogram.labels('x').observe(1.5)
    expect(provider.asked).toBe(3)
  })

  test('comes as often as the registry says', async () => {
    const clock = new ManualClock()
    const exemplarTimes = { minRetentionSeconds: 1, maxRetentionSeconds: 2, sampleIntervalSeconds: 0 }
    const registry = new Registry({ clock, exemplars: numbered(), exemplarTimes })
    const counter = new Counter({ name: 'sent_total', help, registry })
    counter.inc()
    clock.advance(1.1)
    counter.inc()
    expect(await exemplars(registry)).toEqual(['sent_total 2 # {request="2"} 1 1700000001.1'])
    clock.advance(2.1)
    expect(await exemplars(registry)).toEqual([])
    const wrong = { exemplarTimes: { minRetentionSeconds: -1 } }
    expect(() => new Registry(wrong)).toThrow('exemplarTimes.minRetentionSeconds -1')
  })

  test('that the provider has none for now is asked for again at once', async () => {
    let sampled = false
    const { registry, counter } = setUp({ labels: () => (sampled ? { trace_id: 'a' } : undefined) })
    counter.inc()
    expect(await exemplars(registry)).toEqual([])
    sampled = true
    counter.inc()
    expect(await exemplars(registry)).toHaveLength(1)
  })

  test('goes with its series, and with a reset', async () => {
    const { registry, counter, histogram } = setUp()
    histogram.labels('x').observe(1)
    histogram.labels('y').observe(1)
    counter.inc()
    histogram.remove('x')
    histogram.labels('x')
    counter.reset()
    expect(await exemplars(registry)).toEqual([
      'wait_seconds_bucket{a="y",le="1.0"} 1 # {request="2"} 1 1700000000',
    ])
  })

  test('is not kept for a handle that records into nothing', () => {
    const asked: string[] = []
    const { histogram } = setUp({ labels: (metric) => void asked.push(metric) })
    const gone = histogram.labels('x')
    histogram.remove('x')
    gone.observe(1)
    histogram.labels({ b: '1' } as never).observe(1)
    expect(asked).not.toContain('wait_seconds')
  })
})

describe('a summary and native buckets', () => {
  /** What a scrape that takes everything is told of exemplars. */
  async function told(registry: Registry): Promise<readonly (readonly Exemplar[])[]> {
    const all: (readonly Exemplar[])[] = []
    const sink: Sink = {
      family: () => {},
      sample: () => {},
      exemplars: (_series, exemplars) => void all.push(exemplars),
    }
    const { families } = await registry.gather()
    for (const family of families) family.emit(sink, 0, family.size)
    return all
  }

  test.each(['summary', 'native histogram'])(
    '%s: has four exemplars, spread over its values',
    async (type) => {
      const clock = new ManualClock()
      const registry = new Registry({ clock, exemplars: numbered() })
      const metric: { observe(value: number): void } =
        type === 'summary'
          ? new Summary({ name: 'm', help, registry }).labels()
          : new Histogram({ name: 'm', help, buckets: [], native: true, registry }).labels()
      for (const value of [0.001, 0.0011, 1, 100]) {
        metric.observe(value)
        clock.advance(1)
      }
      metric.observe(50)
      expect((await told(registry))[0]!.map(({ value }) => value)).toEqual([0.001, 0.0011, 1, 100])
      clock.advance(7)
      metric.observe(10)
      expect((await told(registry))[0]!.map(({ value }) => value)).toEqual([0.0011, 1, 100, 10])
      clock.advance(0.1)
      metric.observe(10.1)
      expect((await told(registry))[0]!.map(({ value }) => value)).toEqual([0.0011, 1, 100, 10])
    },
  )

  test('zero, negative and enormous values are spread as well', async () => {
    const clock = new ManualClock()
    const registry = new Registry({ clock, exemplars: numbered() })
    const summary = new Summary({ name: 'm', help, registry })
    for (const value of [0, -5, 1e308, -1e308, 1e-320]) {
      summary.observe(value)
      clock.advance(8)
    }
    expect((await told(registry))[0]!.map(({ value }) => value)).toEqual([-5, 1e308, -1e308, 1e-320])
  })

  test('native buckets beside classic ones have the newest four of theirs', async () => {
    const clock = new ManualClock()
    const registry = new Registry({ clock, exemplars: numbered() })
    const histogram = new Histogram({ name: 'm', help, buckets: [1, 2, 3, 4], native: true, registry })
    for (const value of [9, 1, 2, 3, 4]) {
      histogram.observe(value)
      clock.advance(1)
    }
    expect((await told(registry))[0]!.map(({ value }) => value)).toEqual([1, 2, 3, 4])
    expect(await exemplars(registry)).toHaveLength(5)
  })

  test('the only bucket of a native histogram in a text has its newest exemplar', async () => {
    const clock = new ManualClock()
    const registry = new Registry({ clock, exemplars: numbered() })
    const histogram = new Histogram({ name: 'm', help, buckets: [], native: true, registry })
    histogram.observe(5)
    clock.advance(1)
    histogram.observe(1)
    expect(await exemplars(registry)).toEqual(['m_bucket{le="+Inf"} 2 # {request="2"} 1 1700000001'])
  })
})

describe('a provider', () => {
  test('can be set later, replaced and taken away, for metrics that are there already', async () => {
    const { registry, counter, histogram } = setUp(null)
    const first = new Registry({ clock: new ManualClock() })
    expect(await exemplars(first)).toEqual([])
    registry.setExemplarProvider({ labels: () => ({ from: 'first' }) })
    counter.inc()
    registry.setExemplarProvider({ labels: () => ({ from: 'second' }) })
    histogram.labels('x').observe(1)
    expect(await exemplars(registry)).toEqual([
      'sent_total 1 # {from="first"} 1 1700000000',
      'wait_seconds_bucket{a="x",le="1.0"} 1 # {from="second"} 1 1700000000',
    ])
    registry.setExemplarProvider(undefined)
    expect(await exemplars(registry)).toEqual([])
  })

  test('is not asked while it is not available, which it is asked before each scrape', async () => {
    let available = false
    const { registry, counter } = setUp({ ...numbered(), available: () => available })
    counter.inc()
    available = true
    counter.inc()
    expect(await exemplars(registry)).toEqual([])
    counter.inc()
    expect(await exemplars(registry)).toHaveLength(1)
  })

  test('is told which metric records what', () => {
    const told: unknown[] = []
    const { histogram } = setUp({ labels: (...given) => void told.push(given) })
    histogram.labels('x').observe(0.5)
    expect(told).toEqual([['wait_seconds', 0.5]])
  })

  const accessor = {
    get trace_id(): string {
      throw new Error('no trace')
    },
  }
  const badProviders: readonly [what: string, labels: () => unknown, reason: string][] = [
    [
      'throws an error',
      () => {
        throw new Error('broken')
      },
      'provider_error',
    ],
    [
      'throws undefined',
      () => {
        throw undefined
      },
      'provider_error',
    ],
    ['gives an object that cannot be read', () => accessor, 'provider_error'],
    ['gives a text', () => 'trace', 'not_labels'],
    ['gives a number', () => 1, 'not_labels'],
    ['gives a list', () => ['a'], 'not_labels'],
    [
      'gives a promise',
      async () => {
        throw new Error('unhandled')
      },
      'not_labels',
    ],
    ['gives a map', () => new Map([['trace_id', 'a']]), 'not_labels'],
    ['gives a label of a name that none can have', () => ({ 'trace-id': 'a' }), 'not_labels'],
    ['gives a label value that is no text', () => ({ trace_id: {} }), 'not_labels'],
    ['gives a label value that is a symbol', () => ({ trace_id: Symbol('a') }), 'not_labels'],
    ['gives too long a value', () => ({ trace_id: 'x'.repeat(121) }), 'too_long'],
    ['gives too long a name', () => ({ ['x'.repeat(128)]: 'a' }), 'too_long'],
  ]

  test.each(badProviders)(
    'that %s costs its exemplar, is counted and warned of once',
    async (_, labels, reason) => {
      const warnings: string[] = []
      const registry = new Registry({
        exemplars: { labels: labels as ExemplarProvider['labels'] },
        warn: (message, code) => void warnings.push(`${code} ${message}`),
      })
      const counter = new Counter({ name: 'sent_total', help, registry })
      counter.inc()
      counter.inc()
      expect(counter.labels().value).toBe(2)
      expect(await exemplars(registry)).toEqual([])
      expect(await dropped(registry)).toEqual([
        `telltale_exemplars_dropped_total{metric="sent_total",reason="${reason}"} 2`,
      ])
      expect(warnings).toHaveLength(1)
      expect(warnings[0]).toMatch(/^TELLTALE_EXEMPLAR metric "sent_total": .+ gave /)
    },
  )

  test('does not throw in a strict registry either', () => {
    const broken = { labels: () => 'trace' as never }
    const registry = new Registry({ exemplars: broken, badObservations: 'throw', warn: () => {} })
    const counter = new Counter({ name: 'sent_total', help, registry })
    expect(() => counter.inc()).not.toThrow()
  })

  test('whose availability cannot be asked is not available, and counted', async () => {
    const broken = {
      labels: () => ({ a: 'b' }),
      available: () => {
        throw new Error('broken')
      },
    }
    const { registry, counter } = setUp(broken)
    counter.inc()
    expect(await exemplars(registry)).toEqual([])
    expect((await dropped(registry))[0]).toContain('reason="provider_error"')
  })

  test('may record into the metrics that it is asked for', async () => {
    const asked = {
      labels: () => {
        counter.inc()
        return { a: 'b' }
      },
    }
    const { registry, counter } = setUp(asked)
    counter.inc()
    expect(await exemplars(registry)).toEqual(['sent_total 2 # {a="b"} 1 1700000000'])
  })

  const kept: readonly [what: string, labels: Record<string, unknown>, text: string][] = [
    ['numbers and booleans', { a: 1, b: true, c: 2n }, 'a="1",b="true",c="2"'],
    ['no label without a value', { a: 'x', b: undefined, c: null, d: '' }, 'a="x"'],
    [
      '120 emoji, each of them two units of UTF-16',
      { trace_id: '🔥'.repeat(120) },
      `trace_id="${'🔥'.repeat(120)}"`,
    ],
  ]

  test.each(kept)('may give %s', async (_, labels, text) => {
    const { registry, counter } = setUp({ labels: () => labels as never })
    counter.inc()
    expect(await exemplars(registry)).toEqual([`sent_total 1 # {${text}} 1 1700000000`])
  })

  test.each([{}, { a: '' }, null, undefined])(
    'that gives %o gives no exemplar and makes no mistake',
    async (labels) => {
      const { registry, counter } = setUp({ labels: () => labels as never })
      counter.inc()
      expect(await exemplars(registry)).toEqual([])
      expect(await dropped(registry)).toEqual([])
    },
  )

  test('may change its object afterwards', async () => {
    const labels = { trace_id: 'a' }
    const { registry, counter } = setUp({ labels: () => labels })
    counter.inc()
    labels.trace_id = 'b'
    expect((await exemplars(registry))[0]).toContain('trace_id="a"')
  })
})

describe('withExemplar', () => {
  test('gives its labels to what is recorded within, and returns what that returns', async () => {
    const { registry, counter, histogram } = setUp(null)
    const result = registry.withExemplar({ order: 7 }, () => {
      counter.inc()
      histogram.labels('x').observe(1)
      return 'done'
    })
    counter.inc()
    expect(result).toBe('done')
    expect(await exemplars(registry)).toEqual([
      'sent_total 2 # {order="7"} 1 1700000000',
      'wait_seconds_bucket{a="x",le="1.0"} 1 # {order="7"} 1 1700000000',
    ])
  })

  test('replaces its own at once, and no provider replaces it for 70 seconds', async () => {
    const { clock, registry, counter } = setUp()
    registry.withExemplar({ order: 1 }, () => counter.inc())
    registry.withExemplar({ order: 2 }, () => counter.inc())
    clock.advance(20)
    counter.inc()
    expect(await exemplars(registry)).toEqual(['sent_total 3 # {order="2"} 1 1700000000'])
    clock.advance(51)
    expect(await exemplars(registry)).toEqual(['sent_total 3 # {request="1"} 1 1700000020'])
  })

  test('keeps the newest four of a summary', async () => {
    const { clock, registry } = setUp(null)
    const summary = new Summary({ name: 's', help, registry })
    for (const value of [1, 2, 3, 4, 5]) {
      registry.withExemplar({ value }, () => summary.observe(value))
      clock.advance(1)
    }
    const values: number[] = []
    summary.emit(
      {
        family: () => {},
        sample: () => {},
        exemplars: (_, all) => void values.push(...all.map(({ value }) => value)),
      },
      0,
      1,
    )
    expect(values).toEqual([2, 3, 4, 5])
  })

  test('can be within another one', async () => {
    const { registry, counter, histogram } = setUp(null)
    registry.withExemplar({ a: 'outer' }, () => {
      registry.withExemplar({ a: 'inner' }, () => counter.inc())
      histogram.labels('x').observe(1)
    })
    const found = await exemplars(registry)
    expect(found[0]).toContain('inner')
    expect(found[1]).toContain('outer')
  })

  test('passes on what is thrown, and ends there', async () => {
    const { registry, counter } = setUp(null)
    const failing = () => {
      throw new Error('mine')
    }
    expect(() => registry.withExemplar({ a: 'b' }, failing)).toThrow('mine')
    counter.inc()
    expect(await exemplars(registry)).toEqual([])
  })

  test('drops and counts labels that are too long, and records all the same', async () => {
    const { registry, counter } = setUp(null)
    registry.withExemplar({ order: 'x'.repeat(124) }, () => counter.inc())
    expect(counter.labels().value).toBe(1)
    expect(await exemplars(registry)).toEqual([])
    expect(await dropped(registry)).toEqual([
      'telltale_exemplars_dropped_total{metric="sent_total",reason="too_long"} 1',
    ])
  })
})
