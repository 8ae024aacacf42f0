import { createRequire } from 'node:module'
import { PROM_CLIENT, type Question } from './question.js'

/** What an application waits for before its own first line. */
export const loading: Readonly<Record<string, Question>> = {
  load: {
    title: 'loading the package',
    unit: 'ms',
    goal: { library: PROM_CLIENT, times: 1 },
    measure: async (create) => {
      createRequire(import.meta.url)('node:diagnostics_channel')
      const start = performance.now()
      await create()
      return performance.now() - start
    },
  },
}
