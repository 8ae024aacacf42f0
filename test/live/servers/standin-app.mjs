// An application for tests of the stack: it answers, exposes metrics, and can be told to misbehave.
// argv: --die-at-start | --never-ready | --ignore-sigterm | --alerting
import { createServer } from 'node:http'

const has = (flag) => process.argv.includes(flag)
if (has('--die-at-start')) {
  console.error('the stand-in could not reach its cellar')
  process.exit(3)
}
let answered = 0
const app = createServer((_, response) => {
  answered++
  response.end('hello\n')
})
app.listen(Number(process.env.PORT))

const metrics = createServer((request, response) => {
  if (request.url !== '/metrics' || has('--never-ready')) return response.writeHead(503).end()
  response.setHeader('content-type', 'text/plain; version=0.0.4')
  response.end(
    [
      '# TYPE http_requests_total counter',
      `http_requests_total{method="GET",route="/",status_code="200"} ${answered}`,
      '# TYPE database_connections_active gauge',
      `database_connections_active{database="standin",state="active"} ${has('--alerting') ? 0 : 1}`,
      '',
    ].join('\n'),
  )
})
metrics.listen(Number(process.env.METRICS_PORT))
console.log(`the stand-in listens, ${process.pid}`)

process.on('SIGTERM', () => {
  if (has('--ignore-sigterm')) return
  app.close()
  metrics.close()
  app.closeAllConnections()
  metrics.closeAllConnections()
})
