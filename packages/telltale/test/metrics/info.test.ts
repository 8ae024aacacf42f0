import { expect, test } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import { expose, Gauge, Info, Registry } from '../../src/index.js'

test('an info is a gauge of 1 whose labels are the last ones set', async () => {
  const registry = new Registry()
  const info = new Info({ name: 'build_info', help: 'B.', labels: ['version', 'commit'], registry })
  expect((await expose(registry)).body).toBe('')
  info.set({ version: '1', commit: 'a' })
  info.set({ version: '2', commit: 'b' })
  info.set({ version: '2', commit: 'b' })
  const parsed = parseText((await expose(registry)).body)
  expect(parsed.families.get('build_info')!.type).toBe('gauge')
  expect(parsed.samples).toHaveLength(1)
  expect(parsed.value('build_info', { version: '2', commit: 'b' })).toBe(1)
})

test('labels that cannot be taken leave the ones before', async () => {
  const registry = new Registry({ warn: () => {} })
  const info = new Info({ name: 'build_info', help: 'B.', labels: ['version'], registry })
  info.set({ version: '1' })
  info.set({ version: {} as string })
  info.set({ other: '2' } as unknown as { version: string })
  expect((await expose(registry)).body).toContain('\nbuild_info{version="1"} 1\n')
})

test('several label sets may stand side by side, and a reset keeps them at 1', async () => {
  const registry = new Registry()
  const info = new Info({ name: 'disk_info', help: 'D.', labels: ['disk'], registry })
  info.labels('sda')
  info.labels('sdb')
  registry.reset()
  const parsed = parseText((await expose(registry)).body)
  expect(parsed.samples.map((sample) => sample.value)).toEqual([1, 1])
  expect(info.remove('sda')).toBe(true)
  expect(info.size).toBe(1)
})

test('without labels it is there at once', async () => {
  const registry = new Registry()
  new Info({ name: 'feature_info', help: 'F.', registry })
  expect((await expose(registry)).body).toContain('\nfeature_info 1\n')
})

test('a collector may set the labels before each scrape', async () => {
  const registry = new Registry()
  let version = 0
  const collect = (info: Info<readonly ['version']>) => info.set({ version: ++version })
  new Info({ name: 'build_info', help: 'B.', labels: ['version'], registry, collect })
  await expose(registry)
  expect((await expose(registry)).body).toContain('\nbuild_info{version="2"} 1\n')
})

test.each(['build', '_info', 'build_infos'])('no info is named %s', (name) => {
  const registry = new Registry()
  expect(() => new Info({ name, help: 'B.', registry })).toThrow(
    expect.objectContaining({ code: 'TELLTALE_METRIC_NAME' }),
  )
  expect(registry.families).toEqual([])
})

test('an info clashes with what has the name of its family in OpenMetrics', () => {
  const registry = new Registry()
  new Info({ name: 'build_info', help: 'B.', registry })
  expect(() => new Gauge({ name: 'build', help: 'B.', registry })).toThrow(
    expect.objectContaining({ code: 'TELLTALE_NAME_CLASH' }),
  )
})
