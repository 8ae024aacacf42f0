import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { parseExposition } from 'telltale/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { run } from '../../src/plan/command.js'
import { bytesPerSeries, storageOf } from '../../src/plan/cost-formulas.js'
import { type Fleet, mostTargetsOf, planFleet } from '../../src/plan/fleet-plan.js'
import { targetHash, targetsByShard } from '../../src/plan/hashmod.js'
import { shapeOf } from '../../src/plan/instance-shape.js'
import { parsePlan } from '../../src/plan/plan-options.js'
import { bytesOf } from '../../src/plan/size-text.js'
import { Terminal } from '../../src/terminal.js'

const text = `# TYPE requests_total counter
requests_total{method="GET"} 1
requests_total{method="POST"} 2
# TYPE seconds histogram
seconds_bucket{le="1"} 1
seconds_bucket{le="+Inf"} 2
seconds_sum 3
seconds_count 2
`
const shape = shapeOf(parseExposition(text), text.length)
const fleet: Fleet = {
  instances: 1_000,
  targets: [],
  interval: 10,
  retention: 10 * 86_400,
  releases: 1,
  bytesPerSample: 1.5,
  memory: 16 * 2 ** 30,
  replicas: 1,
}

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'telltale-plan-'))
  writeFileSync(join(folder, 'metrics.txt'), text)
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function plan(...args: readonly string[]): Promise<string> {
  let printed = ''
  const sink = new Writable({
    write(chunk, _, done) {
      printed += chunk
      done()
    },
  })
  expect(
    await run([join(folder, 'metrics.txt'), ...args], new Terminal(sink as unknown as NodeJS.WriteStream)),
  ).toBe(0)
  return printed
}

describe('one instance', () => {
  test('has its samples and the five series that Prometheus adds to a target', () => {
    expect(shape).toMatchObject({ series: 11, metrics: 2, bytes: text.length })
    expect(shape.largest[0]).toEqual({ name: 'seconds', type: 'histogram', series: 4, buckets: 2 })
  })

  test('has the labels of its lines on average, with name, job and instance', () => {
    expect(shape.labels).toBeCloseTo(4 / 6 + 3)
  })
})

describe('a fleet', () => {
  test('costs series, samples and disk by the formulas', () => {
    const found = planFleet(shape, fleet)
    expect(found.series).toBe(11_000)
    expect(found.samplesPerSecond).toBe(1_100)
    expect(found.storage.blocks).toBe(10 * 86_400 * 1_100 * 1.5)
    expect(found.storage.disk).toBeCloseTo(found.storage.total / 0.85)
    expect(found.shards.count).toBe(1)
  })

  test.each([
    [0, 11_000],
    [1, 22_000],
    [8, 22_000],
    [24, 44_000],
  ])('with %d releases a day has %d series in memory at most', (releases, series) => {
    expect(planFleet(shape, { ...fleet, releases }).headSeries).toBe(series)
  })

  test('too large for one server is sharded so that the fullest one fits', () => {
    const memory = 0.2 * 2 ** 30
    const { shards } = planFleet(shape, { ...fleet, instances: 50_000, memory })
    expect(shards.count).toBeGreaterThan(5)
    expect(shards.memory).toBeLessThanOrEqual(memory)
    expect(shards.mostTargets * shards.count).toBeGreaterThan(50_000)
  })

  test('whose targets are known is spread as Prometheus spreads it', () => {
    const targets = Array.from({ length: 300 }, (_, i) => `10.0.${i >> 8}.${i & 255}:9464`)
    const { shards } = planFleet(shape, { ...fleet, instances: 300, targets, memory: 80e6 })
    expect(shards.spread).toEqual(targetsByShard(targets.map(targetHash), shards.count))
    expect(shards.mostTargets).toBe(Math.max(...shards.spread!))
  })

  test('of which one instance fills a server is refused', () => {
    expect(() => planFleet(shape, { ...fleet, memory: 1e6 })).toThrow('one instance alone needs')
  })

  test('costs three times as much every 5 s as every 15 s', () => {
    const { intervals } = planFleet(shape, fleet)
    const at = (seconds: number) => intervals.find(({ interval }) => interval === seconds)!
    expect(at(5).disk / at(15).disk).toBeCloseTo(3)
  })
})

test('the fullest shard has more than its share, and never more than all', () => {
  expect(mostTargetsOf(1_000, 1)).toBe(1_000)
  expect(mostTargetsOf(1_000, 4)).toBeGreaterThan(250)
  expect(mostTargetsOf(2, 100)).toBeLessThanOrEqual(2)
})

test('a series costs more with more labels and longer ones', () => {
  expect(bytesPerSeries(10, 200)).toBeGreaterThan(bytesPerSeries(5, 200))
  expect(bytesPerSeries(5, 400) - bytesPerSeries(5, 200)).toBe(800)
  expect(storageOf({ retention: 0, samplesPerSecond: 100, bytesPerSample: 1.5 }).blocks).toBe(0)
})

test.each([
  ['16GB', 16 * 2 ** 30],
  ['1.5 GiB', 1.5 * 2 ** 30],
  ['512mb', 512 * 2 ** 20],
  ['1024', 1024],
  ['ten', undefined],
  ['5 apples', undefined],
])('the size %s is %s bytes', (size, bytes) => {
  expect(bytesOf(size)).toBe(bytes)
})

describe('telltale plan', () => {
  test('says what the fleet costs, and what its series are', async () => {
    const printed = await plan('--instances', '400', '--interval', '30s')
    expect(printed).toContain('11 series of 2 metrics')
    expect(printed).toMatch(/series +4,400 +active; 8,800 in memory during a release/)
    expect(printed).toMatch(/1,600 +36\.4 % +seconds +800 are buckets/)
    expect(printed).toMatch(/30s .*←/)
  })

  test('writes one configuration for each shard and replica', async () => {
    const target = join(folder, 'written')
    const printed = await plan('-n', '60000', '--memory', '1.5GB', '--replicas', '2', '--write', target)
    const files = readdirSync(target).sort()
    expect(files.slice(0, 3)).toEqual([
      'prometheus-shard-0-a.yml',
      'prometheus-shard-0-b.yml',
      'prometheus-shard-1-a.yml',
    ])
    expect(printed).toContain(`wrote ${join(target, files[0]!)}`)
    const written = parse(readFileSync(join(target, 'prometheus-shard-1-b.yml'), 'utf8'))
    expect(written.global.external_labels).toEqual({ shard: '1', replica: 'b' })
    expect(written.scrape_configs[0].sample_limit).toBe(100)
    expect(written.scrape_configs[0].relabel_configs).toEqual([
      {
        source_labels: ['__address__'],
        modulus: files.length / 2,
        target_label: '__tmp_shard',
        action: 'hashmod',
      },
      { source_labels: ['__tmp_shard'], regex: '1', action: 'keep' },
    ])
    await expect(
      plan('-n', '60000', '--memory', '1.5GB', '--replicas', '2', '--write', target),
    ).rejects.toThrow('is there already')
    await plan('-n', '60000', '--memory', '1.5GB', '--replicas', '2', '--write', target, '--force')
  })

  test('gives all of it as JSON', async () => {
    const printed = JSON.parse(await plan('--json', '--targets', 'a:1,b:2'))
    expect(printed).toMatchObject({
      fleet: { instances: 2 },
      plan: { series: 22, shards: { count: 1, spread: [2] } },
    })
    expect(parse(printed.files[0].text).scrape_configs[0].static_configs).toEqual([
      { targets: ['a:1', 'b:2'] },
    ])
  })

  test.each([
    [['--interval', 'often'], '--interval is "often"'],
    [['--instances', '0'], '--instances is "0"'],
    [['--memory', 'much'], '--memory is "much"'],
    [['--targets', 'nowhere'], '--targets has "nowhere"'],
    [['--targets', 'a:1', '--instances', '5'], '--instances is 5 and --targets has 1'],
    [['--replicas', '27'], '--replicas is "27"; give a whole number from 1 to 26'],
    [['--what'], '--what'],
  ])('%j is a mistake', (args, message) => {
    expect(() => parsePlan(args)).toThrow(message)
  })
})
