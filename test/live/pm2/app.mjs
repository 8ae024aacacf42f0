// An application as PM2 runs it: it answers, counts what it answered, and serves its metrics.
import { createServer } from 'node:http'
import { Counter, MetricsServer } from 'telltale'

const { PORTS, METRICS_PORT, NODE_APP_INSTANCE } = process.env
const answers = new Counter({ name: 'answers_total', help: 'Answers.' })

// In cluster mode all processes have one port; in fork mode each has its own.
const ports = PORTS.split(',')
createServer((_, res) => {
  answers.inc()
  res.setHeader('connection', 'close')
  res.end(String(process.pid))
}).listen(Number(ports[Number(NODE_APP_INSTANCE) % ports.length]), '127.0.0.1')

// Within a test no interval is over: what reaches the group was asked for, or said at the end.
new MetricsServer(Number(METRICS_PORT), { groupIntervalSeconds: 3600 }).start()
