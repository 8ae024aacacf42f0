// A process of a group that does what its parent says: it counts, tells its parent how much, and serves the group
// where it leads.
import cluster from 'node:cluster'
import { createServer } from 'node:http'
import { collectRuntimeMetrics } from '../../../packages/telltale/src/instrument/runtime/index.js'
import { Counter } from '../../../packages/telltale/src/metrics/counter.js'
import { Gauge } from '../../../packages/telltale/src/metrics/gauge.js'
import { Histogram } from '../../../packages/telltale/src/metrics/histogram.js'
import { Registry } from '../../../packages/telltale/src/registry/registry.js'
import { derivedGroupName } from '../../../packages/telltale/src/serve/group/group-name.js'
import { ProcessGroup } from '../../../packages/telltale/src/serve/group/process-group.js'
import { NodeExchange } from '../../../packages/telltale/src/serve/node-exchange.js'
import { answerScrape } from '../../../packages/telltale/src/serve/scrape-handler.js'
import type { Command, Report, Settings } from './member-message.js'

const settings = JSON.parse(process.argv[2]!) as Settings
const registry = new Registry()
const jobs = new Counter({ name: 'jobs_total', help: 'Jobs.', registry })
const connections = new Gauge({ name: 'connections', help: 'Connections.', registry })
const latency = new Histogram({
  name: 'latency_seconds',
  help: 'Latency.',
  buckets: [0.1, 1],
  native: true,
  registry,
})
if (settings.runtime) collectRuntimeMetrics({ registry })
connections.set(1)

const name =
  settings.name ??
  derivedGroupName({
    env: process.env,
    pid: process.pid,
    parentPid: process.ppid,
    isClusterWorker: cluster.isWorker,
  })
const group = ProcessGroup.join({
  name,
  source: registry,
  ...(settings.folders && { folders: settings.folders }),
  ...(settings.memoryFolders && { memoryFolders: settings.memoryFolders }),
  ...(settings.intervalSeconds && { intervalSeconds: settings.intervalSeconds }),
})

const server = createServer((req, res) => void answerScrape(group, new NodeExchange(req, res)))
// The leader before it may not have let go of the port yet.
server.on('error', () => setTimeout(listen, 5))
function listen(): void {
  server.listen(settings.port, '127.0.0.1', () =>
    tell({ kind: 'serving', port: (server.address() as { port: number }).port }),
  )
}
group.onLeadership((serves) => {
  if (serves) listen()
  tell({ kind: 'role', role: group.role })
})

let counted = 0
function count(): void {
  jobs.inc()
  latency.observe((counted % 30) / 10)
  counted++
  tell({ kind: 'counted', counted, at: Date.now() })
}
let work: ReturnType<typeof setInterval> | undefined

process.on('message', (command: Command) => {
  switch (command.do) {
    case 'work':
      work = setInterval(count, command.everyMs)
      return
    case 'rest':
      clearInterval(work)
      return
    case 'count':
      for (let i = 0; i < command.times; i++) count()
      return
    case 'block': {
      tell({ kind: 'blocking' })
      const until = Date.now() + command.seconds * 1000
      while (Date.now() < until);
      return
    }
    case 'exit':
      process.exit(0)
  }
})

function tell(report: Report): void {
  process.send!(report)
}
