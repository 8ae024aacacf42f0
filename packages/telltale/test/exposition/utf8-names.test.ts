import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseOpenMetrics } from '../../../../test/support/openmetrics-parser.js'
import { parseText } from '../../../../test/support/text-parser.js'
import {
  Counter,
  type EscapingScheme,
  expose,
  Gauge,
  Histogram,
  Registry,
  StateSet,
} from '../../src/index.js'

const registryOfAnyNames = () => new Registry({ names: 'utf-8', defaultLabels: { 'cloud.region': 'eu' } })
const schemes: readonly EscapingScheme[] = ['allow-utf-8', 'underscores', 'dots', 'values']
const text = (scheme: EscapingScheme) => `text/plain;version=1.0.0;escaping=${scheme}`
const openMetrics = (scheme: EscapingScheme) =>
  `application/openmetrics-text;version=1.0.0;escaping=${scheme}`

function example(): Registry {
  const registry = registryOfAnyNames()
  const requests = new Counter({
    name: 'http.requests_total',
    help: 'R.',
    labels: ['http.route', 'method'],
    registry,
  })
  requests.labels('/a', 'GET').inc(3)
  new Histogram({ name: 'größe "x"', help: 'G.', buckets: [1], registry }).observe(1)
  return registry
}

describe('names of any characters', () => {
  test.each([
    [
      'allow-utf-8',
      `# HELP "http.requests_total" R.
# TYPE "http.requests_total" counter
{"http.requests_total","cloud.region"="eu","http.route"="/a",method="GET"} 3
# HELP "größe \\"x\\"" G.
# TYPE "größe \\"x\\"" histogram
{"größe \\"x\\"_bucket","cloud.region"="eu",le="1"} 1
{"größe \\"x\\"_bucket","cloud.region"="eu",le="+Inf"} 1
{"größe \\"x\\"_sum","cloud.region"="eu"} 1
{"größe \\"x\\"_count","cloud.region"="eu"} 1
`,
    ],
    [
      'underscores',
      `# HELP http_requests_total R.
# TYPE http_requests_total counter
http_requests_total{cloud_region="eu",http_route="/a",method="GET"} 3
# HELP gr__e__x_ G.
# TYPE gr__e__x_ histogram
gr__e__x__bucket{cloud_region="eu",le="1"} 1
gr__e__x__bucket{cloud_region="eu",le="+Inf"} 1
gr__e__x__sum{cloud_region="eu"} 1
gr__e__x__count{cloud_region="eu"} 1
`,
    ],
    [
      'dots',
      `# HELP http_dot_requests__total R.
# TYPE http_dot_requests__total counter
http_dot_requests__total{cloud_dot_region="eu",http_dot_route="/a",method="GET"} 3
# HELP gr____e____x__ G.
# TYPE gr____e____x__ histogram
gr____e____x___bucket{cloud_dot_region="eu",le="1"} 1
gr____e____x___bucket{cloud_dot_region="eu",le="+Inf"} 1
gr____e____x___sum{cloud_dot_region="eu"} 1
gr____e____x___count{cloud_dot_region="eu"} 1
`,
    ],
    [
      'values',
      `# HELP U__http_2e_requests__total R.
# TYPE U__http_2e_requests__total counter
U__http_2e_requests__total{U__cloud_2e_region="eu",U__http_2e_route="/a",method="GET"} 3
# HELP U__gr_f6__df_e_20__22_x_22_ G.
# TYPE U__gr_f6__df_e_20__22_x_22_ histogram
U__gr_f6__df_e_20__22_x_22__bucket{U__cloud_2e_region="eu",le="1"} 1
U__gr_f6__df_e_20__22_x_22__bucket{U__cloud_2e_region="eu",le="+Inf"} 1
U__gr_f6__df_e_20__22_x_22__sum{U__cloud_2e_region="eu"} 1
U__gr_f6__df_e_20__22_x_22__count{U__cloud_2e_region="eu"} 1
`,
    ],
  ] as const)('are written exactly so under %s', async (scheme, body) => {
    expect(await expose(example(), { accept: text(scheme) })).toEqual({
      contentType: `text/plain; version=1.0.0; charset=utf-8; escaping=${scheme}`,
      body,
    })
  })

  test('are escaped with underscores for a reader that says nothing', async () => {
    const { contentType, body } = await expose(example())
    expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8; escaping=underscores')
    expect(
      parseText(body).value('http_requests_total', { cloud_region: 'eu', http_route: '/a', method: 'GET' }),
    ).toBe(3)
  })

  test('are quoted in OpenMetrics, and keep _total there', async () => {
    const { contentType, body } = await expose(example(), { accept: openMetrics('allow-utf-8') })
    expect(contentType).toBe(
      'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8',
    )
    const parsed = parseOpenMetrics(body, 'utf-8')
    expect([...parsed.families.keys()]).toEqual(['http.requests', 'größe "x"'])
    expect(
      parsed.value('http.requests_total', { 'cloud.region': 'eu', 'http.route': '/a', method: 'GET' }),
    ).toBe(3)
  })

  test('legacy names double their underscores under dots, in a registry of legacy names too', async () => {
    const registry = new Registry({ defaultLabels: { my_zone: 'z' } })
    new Gauge({ name: 'a_b', help: 'h', labels: ['c_d'], registry }).labels('1').set(2)
    const body = (await expose(registry, { accept: text('dots') })).body
    expect(body).toContain('\na__b{my__zone="z",c__d="1"} 2\n')
    for (const scheme of ['allow-utf-8', 'underscores', 'values'] as const) {
      expect((await expose(registry, { accept: text(scheme) })).body).toContain(
        '\na_b{my_zone="z",c_d="1"} 2\n',
      )
    }
  })

  test('a unit that the escaped name does not end in is left out, not the scrape', async () => {
    const registry = registryOfAnyNames()
    new Gauge({ name: 'wind.speed_meters_per_second', help: 'h', unit: 'meters_per_second', registry })
    const written = async (scheme: EscapingScheme) =>
      (await expose(registry, { accept: openMetrics(scheme) })).body
    expect(await written('allow-utf-8')).toContain(
      '# UNIT "wind.speed_meters_per_second" meters_per_second\n',
    )
    expect(await written('dots')).not.toContain('# UNIT')
    parseOpenMetrics(await written('dots'))
  })
})

describe('a registry takes legacy names unless told otherwise', () => {
  test.each(['a.b', 'ä', '', ' ', '1a'])('metric name %j', (name) => {
    expect(() => new Gauge({ name, help: 'h', registry: new Registry() })).toThrow(
      expect.objectContaining({ code: 'TELLTALE_METRIC_NAME' }),
    )
  })

  test('label names', () => {
    expect(() => new Gauge({ name: 'a', help: 'h', labels: ['a.b'], registry: new Registry() })).toThrow(
      expect.objectContaining({ code: 'TELLTALE_LABEL_NAME' }),
    )
    expect(() => new Registry({ defaultLabels: { 'a.b': '1' } })).toThrow(
      expect.objectContaining({ code: 'TELLTALE_LABEL_NAME' }),
    )
  })

  test('an unknown rule is refused', () => {
    expect(() => new Registry({ names: 'any' as 'legacy' })).toThrow(
      expect.objectContaining({ code: 'TELLTALE_OPTION' }),
    )
  })
})

describe('what no name may be, even among any characters', () => {
  test.each(['', '\ud800', 'a\udc00'])('metric name %j', (name) => {
    expect(() => new Gauge({ name, help: 'h', registry: registryOfAnyNames() })).toThrow(
      expect.objectContaining({ code: 'TELLTALE_METRIC_NAME' }),
    )
  })

  test.each([
    [['']],
    [['\ud800']],
    [['__a']],
    [['a.b', 'a_b']],
    [['a.b', 'a b']],
    [['a-b', 'a+b']],
    [['.é', '__']],
    [['._name__']],
  ])('label names %j', (labels) => {
    expect(() => new Gauge({ name: 'g', help: 'h', labels, registry: registryOfAnyNames() })).toThrow(
      expect.objectContaining({ code: 'TELLTALE_LABEL_NAME' }),
    )
  })

  test.each([
    ['a.b', 'a_b'],
    ['a b', 'a-b'],
    ['a.b', 'U__a_2e_b'],
    ['a_dot_b.c', 'a.dot.b c'],
    ['a.b_total', 'a_b'],
  ])('metrics that become one by escaping: %s and %s', (first, second) => {
    const registry = registryOfAnyNames()
    new Counter({ name: first, help: 'h', registry })
    expect(() => new Counter({ name: second, help: 'h', registry })).toThrow(
      expect.objectContaining({ code: 'TELLTALE_NAME_CLASH' }),
    )
    registry.unregister(first)
    new Counter({ name: second, help: 'h', registry })
  })

  test('a default label gives way to a label that becomes the same by escaping', async () => {
    const registry = new Registry({ names: 'utf-8', defaultLabels: { 'a.b': 'default', state: 'x' } })
    new Gauge({ name: 'g', help: 'h', labels: ['a_b'], registry }).labels('own').set(1)
    new StateSet({ name: 'state', help: 'h', states: ['on'], registry })
    const parsed = parseText((await expose(registry)).body)
    expect(parsed.value('g', { a_b: 'own', state: 'x' })).toBe(1)
    expect(parsed.value('state', { a_b: 'default', state: 'on' })).toBe(0)
  })
})

const name = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }).filter((text) => text.isWellFormed()),
  fc.string({
    unit: fc.constantFrom('a', '_', '.', '"', '\\', '\n', '{', '1', ':', 'é'),
    minLength: 1,
    maxLength: 5,
  }),
)

test('any names read back as they were given, and every escaping of them is valid', async () => {
  const property = fc.asyncProperty(name, name, async (metric, label) => {
    fc.pre(!label.startsWith('__') && !['le', 'quantile', 'cloud.region'].includes(label))
    const registry = registryOfAnyNames()
    let gauge: Gauge<readonly [string]>
    try {
      gauge = new Gauge({ name: metric, help: 'h', labels: [label], registry })
    } catch (error) {
      // Only a label that becomes `__name__` is refused here.
      expect(error).toMatchObject({ code: 'TELLTALE_LABEL_NAME' })
      return
    }
    gauge.labels('v').set(7)
    const utf8 = parseOpenMetrics(
      (await expose(registry, { accept: openMetrics('allow-utf-8') })).body,
      'utf-8',
    )
    expect(utf8.samples[0]).toMatchObject({ name: metric, value: 7 })
    expect(utf8.samples[0]!.labels[label]).toBe('v')
    for (const scheme of schemes.slice(1)) {
      parseText((await expose(registry, { accept: text(scheme) })).body)
      expect(
        parseOpenMetrics((await expose(registry, { accept: openMetrics(scheme) })).body).samples,
      ).toHaveLength(1)
    }
  })
  await fc.assert(property, { numRuns: 200 })
})
