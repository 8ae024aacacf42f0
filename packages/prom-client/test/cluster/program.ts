// A cluster that does what its parent says: the primary serves the merged metrics, the workers count. It is written
// for prom-client, and runs with it or with this package in its place.
import cluster, { type Worker } from 'node:cluster'
import {
  AggregatorRegistry,
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  openMetricsContentType,
  Registry,
  type RegistryContentType,
  register,
} from 'prom-client'
import type { Command, Reply } from './commands.js'

if (cluster.isPrimary) primary()
else worker()

function primary(): void {
  const aggregated = new AggregatorRegistry<RegistryContentType>()
  if (process.argv.includes('openmetrics')) aggregated.setContentType(openMetricsContentType)
  new Counter({ name: 'primary_total', help: 'Of the primary itself.' }).inc()
  cluster.setupPrimary({ serialization: process.argv.includes('advanced') ? 'advanced' : 'json' })
  cluster.on('message', (from, reply: Reply) => {
    if (reply.done !== undefined) process.send!({ ...reply, worker: from.id })
  })
  process.on('message', async (command: Command) => {
    const answer = (rest: object) => process.send!({ done: command.id, ...rest })
    const one: Worker | undefined = cluster.workers?.[command.worker ?? 0]
    if (command.do === 'fork') {
      const forked = cluster.fork()
      forked.once('message', () => answer({ worker: forked.id }))
    } else if (command.do === 'kill') {
      cluster.once('exit', () => answer({}))
      one!.process.kill('SIGKILL')
    } else if (command.do === 'scrape') {
      const start = performance.now()
      const text = await aggregated.clusterMetrics().catch(String)
      answer({ text, milliseconds: performance.now() - start })
    } else if (command.do === 'own') answer({ text: await register.metrics() })
    else if (command.do === 'die') process.exit(0)
    else one!.send(command)
  })
}

function worker(): void {
  const counter = new Counter({ name: 'jobs_total', help: 'Jobs.', labelNames: ['kind'] })
  const gauge = new Gauge({ name: 'connections', help: 'Connections.' })
  const first = new Gauge({ name: 'lowest', help: 'The lowest.', aggregator: 'min' })
  const histogram = new Histogram({ name: 'latency_seconds', help: 'Latency.', buckets: [1] })
  // prom-client needs it; here the import is enough.
  if (!process.argv.includes('bare')) new AggregatorRegistry()
  if (process.argv.includes('own')) {
    const own = new Registry()
    own.setDefaultLabels({ region: 'north' })
    new Counter({ name: 'own_total', help: 'Own.', registers: [own] }).inc(2)
    AggregatorRegistry.setRegistries([own])
  }
  if (process.argv.includes('defaults')) collectDefaultMetrics()
  process.on('message', (command: Command) => {
    if (command.do === 'count') {
      counter.inc({ kind: 'a' }, command.amount)
      gauge.set(command.amount!)
      first.set(command.amount!)
      histogram.observe(command.amount!)
    }
    if (command.do === 'exit') {
      counter.inc({ kind: 'a' }, command.amount)
      process.exit(0)
    }
    if (command.do !== undefined) process.send!({ done: command.id })
    if (command.do === 'block') block(command.amount!)
  })
  process.send!({ ready: true })
}

function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
