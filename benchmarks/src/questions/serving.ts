import type { RequestListener } from 'node:http'
import { listen, stallDuringScrapes } from '../stall.js'
import { holdOf } from './hold.js'
import type { Question } from './question.js'

/** What large scrapes, and a thread that serves them, cost the application. */
export const serving: Readonly<Record<string, Question>> = {
  'million-hold': {
    title: 'longest hold of the event loop during a scrape of 1,000,000 counter series',
    unit: 'ms',
    goal: { atMost: 10 },
    measure: async (create) => {
      const rival = await create()
      for (let i = 0; i < 1_000_000; i++) rival.incByPosition(['GET', `/api/v1/resource-${i}/:id`, '200'])
      return await holdOf(rival)
    },
  },
  'million-stall': {
    title:
      'longest hold of the event loop while another process scrapes 1,000,000 lines (Telltale: `MetricsServer`)',
    unit: 'ms',
    goal: { atMost: 2 },
    beside: [
      'of it without the time that other threads and processes had the core',
      'longest hold of the same loop when idle, observed for as long, at most 1 s (median of five)',
    ],
    measure: async (create) => {
      const rival = await create()
      // Thirteen lines for each histogram.
      for (let i = 0; i < 77_000; i++) rival.observeByName(['GET', `/api/v1/resource-${i}/:id`, '200'], 1)
      const answer: RequestListener = (req, res) => rival.answer(req, res)
      const url = (await rival.serveFromThread?.()) ?? (await listen(answer))
      const { scraped, scrapedOwn, idle } = await stallDuringScrapes(url)
      return [scraped, scrapedOwn, idle]
    },
  },
  'thread-start': {
    title: 'from `MetricsServer.start()` to the first byte that its thread can answer',
    unit: 'ms',
    measure: async (create) => {
      const rival = await create()
      const start = performance.now()
      const url = await rival.serveFromThread?.()
      return url === undefined ? undefined : performance.now() - start
    },
  },
  'thread-memory': {
    title: 'resident memory that the thread adds, after its first scrape',
    unit: 'bytes',
    measure: async (create) => {
      const rival = await create()
      const before = process.memoryUsage.rss()
      const url = await rival.serveFromThread?.()
      if (url === undefined) return undefined
      await stallDuringScrapes(url)
      return process.memoryUsage.rss() - before
    },
  },
}
