import express from 'express'
import promBundle from 'express-prom-bundle'
import { report, request } from './scrape.mjs'

const app = express()
const bundle = promBundle({
  includeMethod: true,
  includePath: true,
  customLabels: { project: 'alias' },
  promClient: { collectDefaultMetrics: { prefix: 'app_' } },
})
app.use(bundle)
app.get('/hello', (_, res) => res.send('hello'))
app.get('/users/:id', (_, res) => res.status(404).send('none'))
const jobs = new bundle.promClient.Counter({ name: 'jobs_total', help: 'Jobs.', labelNames: ['kind'] })
jobs.inc({ kind: 'a' }, 3)

const server = app.listen(0, '127.0.0.1', async () => {
  const { port } = server.address()
  for (const path of ['/hello', '/hello', '/users/12', '/users/13']) await request(port, path)
  report({ metrics: await request(port, '/metrics') })
})
