import { expect, test } from 'vitest'
import { exposeInParts } from '../../src/exposition/expose.js'
import { PreparedFamilies } from '../../src/exposition/prepared-families.js'
import { Counter, expose, Gauge, Histogram, Registry } from '../../src/index.js'

const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0'

/** Scrapes one registry again and again, with what was prepared for the scrapes before. */
function repeated(registry: Registry) {
  const prepared = new PreparedFamilies()
  return async (accept?: string): Promise<string> => {
    const chunks: Uint8Array[] = []
    await exposeInParts(registry, { accept, prepared }, () => ({
      part: async (some) => void chunks.push(...some),
      end: async (last) => void chunks.push(...last),
    }))
    return Buffer.concat(chunks).toString()
  }
}

test('repeated scrapes show what a first one shows, whatever is recorded, defined anew or labelled meanwhile', async () => {
  const registry = new Registry({ defaultLabels: { region: 'eu' }, createdTimes: true })
  const scrape = repeated(registry)
  const same = async () => {
    for (const accept of [undefined, OPEN_METRICS, `${OPEN_METRICS};escaping=dots`, undefined]) {
      expect(await scrape(accept)).toBe((await expose(registry, { accept })).body)
    }
  }
  const requests = new Counter({ name: 'requests_total', help: 'Requests.', labels: ['route'], registry })
  const waits = new Histogram({ name: 'waits_seconds', help: 'Waits.', unit: 'seconds', registry })
  new Gauge({ name: 'depth', help: 'Depth.', registry }).set(1)
  await same()
  requests.labels('/a').inc()
  waits.observe(-1)
  await same()
  registry.unregister('depth')
  new Gauge({ name: 'depth', help: 'Another depth.', labels: ['queue'], registry }).labels('q').set(2)
  await same()
  for (const region of ['us', 'asia', 'africa', 'eu']) {
    registry.setDefaultLabels({ region })
    await same()
  }
  expect(await scrape()).toContain('depth{region="eu",queue="q"} 2')
})

test('more families than are kept between scrapes are written all the same', async () => {
  const registry = new Registry()
  for (let i = 0; i < 600; i++) new Histogram({ name: `waits_${i}`, help: 'Waits.', registry }).observe(i)
  const scrape = repeated(registry)
  const { body } = await expose(registry)
  for (let round = 0; round < 3; round++) expect(await scrape()).toBe(body)
})
