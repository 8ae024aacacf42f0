import fastify from 'fastify'
import metrics from 'fastify-metrics'
import { report, request } from './scrape.mjs'

const app = fastify()
await app.register(metrics, { endpoint: '/metrics', routeMetrics: { customLabels: { region: 'north' } } })
app.get('/hello', async () => 'hello')
app.get('/users/:id', (_, reply) => reply.code(500).send('broken'))
app.metrics.client.register.setDefaultLabels({ service: 'alias' })
await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address()
for (const path of ['/hello', '/hello', '/users/12', '/unknown']) await request(port, path)
report({ metrics: await request(port, '/metrics') })
