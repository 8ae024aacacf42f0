import type { Labels, Rival } from '../rival.js'

/** Thirteen lines for each histogram and one for each counter: 8,000 of each are 112,000 lines. */
const SERIES = 8000

/** What is observed, in seconds. */
export type Observed = () => number

/** Sums stay whole numbers. */
export const seconds: Observed = () => 1
/** Each sum is another fraction each time. */
export const fractions: Observed = () => Math.random() * 3

export async function filled(create: () => Promise<Rival>, observed: Observed): Promise<Rival> {
  const rival = await create()
  fill(rival, observed)
  return rival
}

/** Records once in each series. */
export function fill(rival: Rival, observed: Observed): void {
  for (let i = 0; i < SERIES; i++) {
    const labels: Labels = ['GET', `/api/v1/resource-${i}/:id`, '200']
    rival.incByPosition(labels)
    rival.observeByName(labels, observed())
  }
}
