import { readObjectives } from 'telltale/monitoring'

const { objectives } = readObjectives({
  service: 'shop',
  objectives: [
    {
      name: 'availability',
      target: 99.9,
      window: '30d',
      ratio: { metric: 'http_requests_total', errors: { status_code: '5..' } },
    },
    {
      name: 'latency',
      target: 99,
      window: '30d',
      latency: { metric: 'http_request_duration_seconds', threshold: '500ms' },
    },
  ],
})

/** What the shop promises. */
export const shopObjectives = objectives
