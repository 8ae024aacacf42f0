import cluster from 'node:cluster'
import { once } from 'node:events'
import express from 'express'
import promBundle from 'express-prom-bundle'
import { report, request } from './scrape.mjs'

if (cluster.isPrimary) {
  const listening = [cluster.fork(), cluster.fork()].map((worker) => once(worker, 'message'))
  const ports = (await Promise.all(listening)).map(([message]) => message.port)
  const app = express()
  app.use('/cluster_metrics', promBundle.clusterMetrics())
  const server = app.listen(0, '127.0.0.1', async () => {
    for (const port of [...ports, ports[0]]) await request(port, '/hello')
    report({ metrics: await request(server.address().port, '/cluster_metrics') })
  })
} else {
  const app = express()
  // prom-client needs this in each worker as well.
  promBundle.clusterMetrics()
  app.use(promBundle({ autoregister: false, includePath: true, promClient: { collectDefaultMetrics: {} } }))
  app.get('/hello', (_, res) => res.send('hello'))
  // Port 0 would be one port for all workers.
  const server = app.listen({ port: 0, host: '127.0.0.1', exclusive: true }, () =>
    process.send({ port: server.address().port }),
  )
}
