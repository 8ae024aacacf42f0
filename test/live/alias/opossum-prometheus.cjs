const CircuitBreaker = require('opossum')
const PrometheusMetrics = require('opossum-prometheus')

async function main() {
  const { report } = await import('./scrape.mjs')
  const circuit = new CircuitBreaker(
    async (fails) => {
      if (fails) throw new Error('down')
      return 'up'
    },
    { name: 'backend', volumeThreshold: 10 },
  )
  const prometheus = new PrometheusMetrics({ circuits: [circuit], metricPrefix: 'alias_' })
  for (const fails of [false, false, true]) await circuit.fire(fails).catch(() => {})
  const registry = new prometheus.client.Registry()
  new PrometheusMetrics({ circuits: circuit, registry })
  await circuit.fire(false)
  const [text, own] = [await prometheus.metrics, await registry.metrics()]
  report({ metrics: { status: 200, text }, own: { status: 200, text: own } })
}

main()
