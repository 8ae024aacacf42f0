import { dashboards } from 'telltale/monitoring'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptyAtTimes, emptyInTheShop } from './dashboards/empty-in-the-shop.js'
import { type PanelQuery, panelQueries, variableQueries } from './dashboards/panel-queries.js'
import { SHOP_JOB, ShopStack } from './dashboards/shop-stack.js'

// Every query of every dashboard, on a Prometheus that scrapes the shop and has the rules of the pack.

let stack: ShopStack
beforeAll(async () => {
  stack = await ShopStack.start()
})
afterAll(() => stack?.stop())

const all = dashboards({ jobs: [SHOP_JOB] })
const queries = all.flatMap((dashboard) => panelQueries(dashboard))
const empty = [...new Set(Object.values(emptyInTheShop).flat())].sort()
const isNamed =
  (names: readonly string[]) =>
  ({ name }: PanelQuery) =>
    names.includes(name)

/** The names of the queries without a result, each once. */
async function withoutResult(some: readonly PanelQuery[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const { name, query } of some) {
    if ((await stack.prometheus.api.query(query)).length === 0) found.push(name)
  }
  return [...new Set(found)].sort()
}

describe('on a Prometheus that scrapes the shop', () => {
  test('every panel shows something, but for those on the list', async () => {
    let waiting = queries.filter((query) => !isNamed([...empty, ...emptyAtTimes])(query))
    await stack.prometheus.api.until(
      async () => {
        const names = await withoutResult(waiting)
        waiting = waiting.filter(isNamed(names))
        if (waiting.length > 0) throw new Error(`still empty: ${names.join(', ')}`)
        return true
      },
      { what: 'every panel to have data', within: 60_000, every: 1000 },
    )
  })

  test('what is on the list is empty, so that nothing hides there', async () => {
    expect(await withoutResult(queries.filter(isNamed(empty)))).toEqual(empty)
  })

  test('what is empty at times is a query all the same', async () => {
    for (const name of emptyAtTimes) {
      const [query] = queries.filter(isNamed([name]))
      await expect(stack.prometheus.api.query(query!.query), name).resolves.toBeInstanceOf(Array)
    }
  })

  test('every variable has values to choose from', async () => {
    for (const { name, label, series } of all.flatMap(variableQueries)) {
      const values = await labelValues(label, series)
      expect(values.length, name).toBeGreaterThan(0)
      if (label === 'job') expect(values, name).toContain(SHOP_JOB)
    }
  })
})

async function labelValues(label: string, series: string): Promise<readonly string[]> {
  const address = new URL(`/api/v1/label/${label}/values`, stack.prometheus.url)
  address.searchParams.set('match[]', series)
  const answer = (await (await fetch(address)).json()) as { data: string[] } // as the API documents it
  return answer.data
}
