import type { CandidateOptions } from './candidate.js'

const resources = Array.from({ length: 20 }, (_, i) => `/resource-${i}/${i}`)

/** In the order of the table. */
export const candidates: readonly CandidateOptions[] = [
  {
    title: 'the shop of the examples (Express, embedded PostgreSQL), Telltale',
    script: '../../../examples/shop/dist/esm/main.js',
    env: { PORT: '0', METRICS_PORT: '0', RATE_LIMIT_MAX: '1000000', RATE_LIMIT_WINDOW_SECONDS: '1' },
    goal: 99,
    paths: ['/api/users?limit=10', '/api/users/1', '/api/orders?limit=10', '/api/orders/1'],
    posts: [
      ...Array.from({ length: 10 }, (_, i): readonly [string, unknown] => [
        '/api/users',
        { name: `Ada ${i}`, email: `ada-${i}@example.com`, source: 'web' },
      ]),
      ...Array.from({ length: 10 }, (_, i): readonly [string, unknown] => [
        '/api/orders',
        { userId: i + 1, product: 'kettle', quantity: 1 },
      ]),
    ],
  },
  {
    title: '`node:http`, 20 routes, Telltale',
    script: './plain-application.js',
    args: ['telltale'],
    goal: 99,
    paths: resources,
  },
  {
    title: '`node:http`, 20 routes, prom-client, from its own server',
    script: './plain-application.js',
    args: ['prom-client'],
    paths: resources,
  },
]
