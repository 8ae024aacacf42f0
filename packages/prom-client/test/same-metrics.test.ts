import { describe, expect, it } from 'vitest'
import { expectSame, type Operations } from './both.js'

const help = 'Help.'
const labelNames = ['method', 'code'] as const

const counters: Record<string, Operations> = {
  'without labels starts at zero': ({ Counter }, register) => {
    new Counter({ name: 'c_total', help, registers: [register] })
  },
  'with labels starts without series': ({ Counter }, register) => {
    new Counter({ name: 'c_total', help, labelNames, registers: [register] })
  },
  'adds 1, an amount, and nothing': ({ Counter }, register) => {
    const counter = new Counter({ name: 'c_total', help, registers: [register] })
    counter.inc()
    counter.inc(2.5)
    counter.inc(0)
    counter.inc(undefined)
    counter.inc(null as unknown as number)
  },
  'takes labels by name, in any order, and by position': ({ Counter }, register) => {
    const counter = new Counter({ name: 'c_total', help, labelNames, registers: [register] })
    counter.inc({ method: 'GET', code: 200 })
    counter.inc({ code: '200', method: 'GET' }, 2)
    counter.labels('GET', '200').inc(4)
    counter.labels({ method: 'POST', code: 500 }).inc()
    counter.inc({ method: 'GET' })
    counter.inc(7)
  },
  'takes no series up before something is counted': ({ Counter }, register) => {
    const counter = new Counter({ name: 'c_total', help, labelNames, registers: [register] })
    counter.labels('GET', '200')
  },
  'forgets all series of labels on reset': ({ Counter }, register) => {
    const counter = new Counter({ name: 'c_total', help, labelNames, registers: [register] })
    const child = counter.labels('GET', '200')
    child.inc(3)
    counter.inc({ method: 'POST', code: 500 })
    counter.reset()
    child.inc()
  },
  'starts again at zero on reset': ({ Counter }, register) => {
    const counter = new Counter({ name: 'c_total', help, registers: [register] })
    counter.inc(3)
    counter.reset()
  },
  'goes on after a series was removed': ({ Counter }, register) => {
    const counter = new Counter({ name: 'c_total', help, labelNames, registers: [register] })
    const child = counter.labels('GET', '200')
    child.inc(3)
    counter.inc({ method: 'POST', code: 500 })
    counter.remove('GET', '200')
    counter.remove({ method: 'PUT', code: 1 })
    child.inc()
  },
  'gives functions that can be taken apart': ({ Counter }, register) => {
    const counter = new Counter({ name: 'c_total', help, labelNames, registers: [register] })
    const { inc } = counter.labels('GET', '200')
    inc()
    inc(2)
  },
  'escapes label values and help': ({ Counter }, register) => {
    const counter = new Counter({ name: 'c_total', help: 'a\\b\nc "d"', labelNames, registers: [register] })
    counter.inc({ method: 'a"b\\c\nd', code: '{}, =' })
  },
}

const gauges: Record<string, Operations> = {
  'sets, adds and takes away': ({ Gauge }, register) => {
    const gauge = new Gauge({ name: 'g', help, registers: [register] })
    gauge.set(5)
    gauge.inc()
    gauge.inc(2)
    gauge.dec()
    gauge.dec(0.5)
    gauge.set(-1)
    gauge.inc(-3)
  },
  'takes labels by name and by position': ({ Gauge }, register) => {
    const gauge = new Gauge({ name: 'g', help, labelNames, registers: [register] })
    gauge.set({ method: 'GET', code: 200 }, 5)
    gauge.inc({ method: 'GET', code: 200 })
    gauge.dec({ method: 'GET', code: 200 }, 3)
    const { set, inc, dec } = gauge.labels('GET', '500')
    set(9)
    inc(2)
    inc()
    dec(4)
    dec()
    gauge.set(3)
  },
  'takes infinities': ({ Gauge }, register) => {
    const gauge = new Gauge({ name: 'g', help, labelNames, registers: [register] })
    gauge.labels('up', '1').set(Infinity)
    gauge.labels('down', '1').set(-Infinity)
  },
  'forgets all series of labels on reset': ({ Gauge }, register) => {
    const gauge = new Gauge({ name: 'g', help, labelNames, registers: [register] })
    const child = gauge.labels('GET', '200')
    child.set(3)
    gauge.reset()
    child.inc()
  },
  'is set by collect, with the metric as this': ({ Gauge }, register) => {
    new Gauge({
      name: 'g',
      help,
      registers: [register],
      async collect() {
        await Promise.resolve()
        this.set(42)
      },
    })
  },
  'is set by a collect that was given later': ({ Gauge }, register) => {
    const gauge = new Gauge({ name: 'g', help, registers: [register] })
    gauge.collect = () => gauge.set(7)
  },
}

const histograms: Record<string, Operations> = {
  'without labels starts at zero': ({ Histogram }, register) => {
    new Histogram({ name: 'h_seconds', help, registers: [register] })
  },
  'counts into its buckets': ({ Histogram }, register) => {
    const histogram = new Histogram({ name: 'h', help, buckets: [0.5, 1, 5], registers: [register] })
    for (const value of [0, 0.5, 0.7, 1, 3, 5, 5.1, 100, -2]) histogram.observe(value)
    histogram.observe(undefined as unknown as object, 2)
  },
  'takes labels by name and by position': ({ Histogram }, register) => {
    const histogram = new Histogram({ name: 'h', help, labelNames, buckets: [1], registers: [register] })
    histogram.observe({ method: 'GET', code: 200 }, 0.5)
    histogram.observe({ code: 200, method: 'GET' }, 1.5)
    histogram.labels('GET', '500').observe(1)
    histogram.labels({ method: 'GET', code: 500 }).observe(2)
    histogram.observe({}, 4)
  },
  'makes series at zero, and sets a series back to it': ({ Histogram }, register) => {
    const histogram = new Histogram({ name: 'h', help, labelNames, buckets: [1], registers: [register] })
    histogram.zero({ method: 'GET', code: 200 })
    histogram.observe({ method: 'GET', code: 500 }, 1)
    histogram.zero({ method: 'GET', code: 500 })
  },
  'forgets all series of labels on reset': ({ Histogram }, register) => {
    const histogram = new Histogram({ name: 'h', help, labelNames, buckets: [1], registers: [register] })
    histogram.observe({ method: 'GET', code: 200 }, 0.5)
    histogram.reset()
  },
  'goes on after a series was removed': ({ Histogram }, register) => {
    const histogram = new Histogram({ name: 'h', help, labelNames, buckets: [1], registers: [register] })
    const child = histogram.labels('GET', '200')
    child.observe(2)
    histogram.remove('GET', '200')
    child.observe(1)
  },
}

const summaries: Record<string, Operations> = {
  'has sum and count': ({ Summary }, register) => {
    const summary = new Summary({ name: 's', help, labelNames, percentiles: [], registers: [register] })
    summary.observe({ method: 'GET', code: 200 }, 0.5)
    summary.labels('GET', '200').observe(2)
    summary.observe(7)
    summary.observe(0)
  },
  'has the quantile of a single value': ({ Summary }, register) => {
    const summary = new Summary({ name: 's', help, percentiles: [0.5], registers: [register] })
    summary.observe(0)
  },
  'keeps its series on reset': ({ Summary }, register) => {
    const summary = new Summary({ name: 's', help, labelNames, percentiles: [], registers: [register] })
    summary.observe({ method: 'GET', code: 200 }, 0.5)
    summary.reset()
  },
  'loses a series that is removed': ({ Summary }, register) => {
    const summary = new Summary({ name: 's', help, labelNames, percentiles: [], registers: [register] })
    summary.observe({ method: 'GET', code: 200 }, 0.5)
    summary.observe({ method: 'GET', code: 500 }, 0.5)
    summary.remove({ method: 'GET', code: 200 })
  },
}

const refusals: Record<string, Operations> = {
  'makes no series for what it throws at': ({ Counter, Gauge, Histogram, Summary }, register) => {
    const options = { help, labelNames, registers: [register] }
    const wrong = 'x' as unknown as number
    const [counter, gauge] = [new Counter({ name: 'c', ...options }), new Gauge({ name: 'g', ...options })]
    const histogram = new Histogram({ name: 'h', ...options })
    const summary = new Summary({ name: 's', ...options })
    const labels = { method: 'GET', code: 200 }
    const attempts = [
      () => counter.inc(labels, -1),
      () => counter.labels(labels).inc(-1),
      () => gauge.set(labels, wrong),
      () => gauge.inc(labels, wrong),
      () => gauge.labels(labels).set(wrong),
      () => gauge.labels(labels).inc(wrong),
      () => histogram.observe(labels, wrong),
      () => histogram.labels(labels).observe(Infinity),
      () => summary.observe(labels, Infinity),
      () => summary.labels(labels).observe(wrong),
    ]
    for (const attempt of attempts) expect(attempt).toThrow()
  },
}

for (const [kind, cases] of Object.entries({ counters, gauges, histograms, summaries, refusals })) {
  describe(`one of the ${kind}`, () => {
    it.each(Object.entries(cases))('%s', (_, operations) => expectSame(operations))
  })
}
