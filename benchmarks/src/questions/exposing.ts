import type { Rival } from '../rival.js'
import { scrape } from '../scrape.js'
import { fill, filled, fractions, type Observed, seconds } from './filled-rival.js'
import { holdOf } from './hold.js'
import { collectGarbage, PROM_CLIENT, type Question } from './question.js'

/** What it takes to write an exposition. */
export const exposing: Readonly<Record<string, Question>> = {
  'expose-integers': {
    title: 'text of 112,000 lines, nothing changed since the last time',
    unit: 'ms',
    goal: { library: PROM_CLIENT, times: 20 },
    measure: exposition(seconds, () => {}),
  },
  'expose-floats': {
    title: 'text of 112,000 lines, every sum a changed fraction',
    unit: 'ms',
    goal: { library: PROM_CLIENT, times: 20 },
    measure: exposition(fractions, (rival) => fill(rival, fractions)),
  },
  'http-gzip': {
    title: 'the same over HTTP with gzip, until the last byte',
    unit: 'ms',
    goal: { library: PROM_CLIENT, times: 4 },
    measure: async (create) => {
      const rival = await filled(create, fractions)
      let best = Infinity
      for (let round = 0; round < 6; round++) {
        collectGarbage()
        const { milliseconds } = await scrape((req, res) => rival.answer(req, res))
        if (round >= 1) best = Math.min(best, milliseconds)
      }
      return best
    },
  },
  'http-hold': {
    title: 'longest hold of the event loop during that scrape',
    unit: 'ms',
    measure: async (create) => {
      const rival = await filled(create, fractions)
      return await holdOf(rival)
    },
  },
}

/** A process is scraped for days: the first scrapes, which V8 has not compiled, are left out. */
function exposition(observed: Observed, between: (rival: Rival) => void): Question['measure'] {
  return async (create) => {
    const rival = await filled(create, observed)
    let best = Infinity
    for (let round = 0; round < 30; round++) {
      between(rival)
      const start = performance.now()
      await rival.expose()
      if (round >= 10) best = Math.min(best, performance.now() - start)
    }
    return best
  }
}
