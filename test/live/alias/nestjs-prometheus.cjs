require('reflect-metadata')
const { Controller, Get, Module } = require('@nestjs/common')
const { NestFactory } = require('@nestjs/core')
const prometheus = require('@willsoto/nestjs-prometheus')

// Decorators as plain calls, so that nothing has to be compiled.
class JobsController {
  constructor(counter, latency) {
    this.counter = counter
    this.latency = latency
  }

  run() {
    const end = this.latency.startTimer({ kind: 'a' })
    this.counter.inc({ kind: 'a' })
    end()
    return 'done'
  }
}
Get('jobs')(JobsController.prototype, 'run', Object.getOwnPropertyDescriptor(JobsController.prototype, 'run'))
Controller()(JobsController)
prometheus.InjectMetric('jobs_total')(JobsController, undefined, 0)
prometheus.InjectMetric('job_seconds')(JobsController, undefined, 1)

class AppModule {}
Module({
  imports: [prometheus.PrometheusModule.register({ defaultLabels: { app: 'alias' } })],
  controllers: [JobsController],
  providers: [
    prometheus.makeCounterProvider({ name: 'jobs_total', help: 'Jobs.', labelNames: ['kind'] }),
    prometheus.makeHistogramProvider({
      name: 'job_seconds',
      help: 'Time.',
      labelNames: ['kind'],
      buckets: [1, 2],
    }),
    prometheus.makeGaugeProvider({ name: 'queue_length', help: 'Length.' }),
    prometheus.makeSummaryProvider({ name: 'job_sizes', help: 'Sizes.', percentiles: [0.5] }),
  ],
})(AppModule)

async function main() {
  const { report, request } = await import('./scrape.mjs')
  const app = await NestFactory.create(AppModule, { logger: ['error'] })
  await app.listen(0, '127.0.0.1')
  const { port } = app.getHttpServer().address()
  for (const path of ['/jobs', '/jobs']) await request(port, path)
  app.get(prometheus.getToken('queue_length')).set(4)
  report({ metrics: await request(port, '/metrics') })
}

main()
