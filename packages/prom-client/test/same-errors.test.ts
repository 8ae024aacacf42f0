import { expect, it } from 'vitest'
import { errorsOfBoth, type Operations } from './both.js'

const help = 'Help.'
/** What a program without types may give. */
const wrong = (value: unknown) => value as never

const cases: Record<string, Operations> = {
  'no configuration': ({ Counter }) => new Counter(wrong(undefined)),
  'no help': ({ Counter }) => new Counter(wrong({ name: 'c' })),
  'no name': ({ Gauge }) => new Gauge(wrong({ help })),
  'an invalid name': ({ Gauge }) => new Gauge({ name: 'a-b', help }),
  'an invalid label name': ({ Summary }) => new Summary({ name: 's', help, labelNames: ['a-b'] }),
  'a collect that is no function': ({ Gauge }) => new Gauge(wrong({ name: 'g', help, collect: 'no' })),
  'the label le': ({ Histogram }, register) =>
    new Histogram({ name: 'h', help, labelNames: ['le'], registers: [register] }),
  'the label quantile': ({ Summary }, register) =>
    new Summary({ name: 's', help, labelNames: ['quantile'], registers: [register] }),
  'a name that is taken': ({ Counter, Gauge }, register) => {
    new Counter({ name: 'a', help, registers: [register] })
    new Gauge({ name: 'a', help, registers: [register] })
  },
  'registering another metric under a name': ({ Counter }, register) => {
    new Counter({ name: 'a', help, registers: [register] })
    register.registerMetric(new Counter({ name: 'a', help, registers: [] }))
  },
  'a negative increment': ({ Counter }) => counterOf(Counter).inc(-1),
  'a negative increment of a child': ({ Counter }) => counterOf(Counter).labels('x').inc(-1),
  'an infinite increment': ({ Counter }) => counterOf(Counter).inc(Infinity),
  'a text as an increment': ({ Counter }) => counterOf(Counter).inc({ l: 'x' }, wrong('5')),
  'an increment with an unknown label': ({ Counter }) => counterOf(Counter).inc(wrong({ other: 'x' })),
  'an unknown label and a wrong value at once': ({ Counter }) =>
    counterOf(Counter).inc(wrong({ other: 'x' }), -1),
  'too few label values': ({ Counter }) => counterOf(Counter).labels(),
  'too many label values': ({ Counter }) => counterOf(Counter).labels('a', 'b'),
  'an unknown label to remove': ({ Counter }) => counterOf(Counter).remove(wrong({ other: 'x' })),
  'too many values to remove': ({ Counter }) => counterOf(Counter).remove('a', 'b'),
  'a child of an unknown label, at its first use': ({ Counter }) =>
    counterOf(Counter)
      .labels(wrong({ other: 'x' }))
      .inc(),
  'a text as the value of a gauge': ({ Gauge }) => gaugeOf(Gauge).set(wrong('5')),
  'no value of a gauge': ({ Gauge }) => gaugeOf(Gauge).set({ l: 'x' }, wrong(undefined)),
  'a text as the difference of a gauge': ({ Gauge }) => gaugeOf(Gauge).inc(wrong('5')),
  'null as the difference of a gauge': ({ Gauge }) => gaugeOf(Gauge).inc({ l: 'x' }, wrong(null)),
  'a gauge with an unknown label': ({ Gauge }) => gaugeOf(Gauge).set(wrong({ other: 'x' }), 1),
  'a child of a gauge with an unknown label': ({ Gauge }) => gaugeOf(Gauge).labels(wrong({ other: 'x' })),
  'a gauge set back with an unknown label': ({ Gauge }) => gaugeOf(Gauge).dec(wrong({ other: 'x' })),
  'no observation': ({ Histogram }) =>
    new Histogram({ name: 'h', help, registers: [] }).observe(wrong(undefined)),
  'a text as an observation': ({ Histogram }) =>
    new Histogram({ name: 'h', help, registers: [] }).observe(wrong('5')),
  'NaN as an observation with labels': ({ Histogram }) =>
    new Histogram({ name: 'h', help, labelNames: ['l'], registers: [] }).observe({ l: 'x' }, NaN),
  'an infinite observation': ({ Histogram }) =>
    new Histogram({ name: 'h', help, registers: [] }).observe(Infinity),
  'an infinite observation of a child': ({ Histogram }) =>
    new Histogram({ name: 'h', help, labelNames: ['l'], registers: [] }).labels('x').observe(Infinity),
  'an observation with an unknown label': ({ Histogram }) =>
    new Histogram({ name: 'h', help, labelNames: ['l'], registers: [] }).observe(wrong({ other: 'x' }), 1),
  'a timer that ends with an unknown label': ({ Histogram }) =>
    new Histogram({ name: 'h', help, registers: [] }).startTimer()(wrong({ other: 'x' })),
  'labels without an observation in a summary': ({ Summary }) =>
    new Summary({ name: 's', help, labelNames: ['l'], registers: [] }).observe(wrong({ l: 'x' })),
  'an infinite observation in a summary': ({ Summary }) =>
    new Summary({ name: 's', help, registers: [] }).observe(-Infinity),
  'an observation in a summary with an unknown label': ({ Summary }) =>
    new Summary({ name: 's', help, labelNames: ['l'], registers: [] }).observe(wrong({ other: 'x' }), 1),
  'an unknown content type': ({ Registry }) => new Registry(wrong('text/html')),
  'setting an unknown content type': (_, register) => register.setContentType(wrong('text/html')),
  'a configuration of the default metrics that is none': ({ collectDefaultMetrics }) =>
    collectDefaultMetrics(wrong('app_')),
  'a collect that throws, in get': ({ Gauge }) =>
    new Gauge({
      name: 'g',
      help,
      registers: [],
      collect() {
        throw new Error('no database')
      },
    }).get(),
  'a collect that rejects, in the text of its metric': ({ Gauge }, register) => {
    new Gauge({
      name: 'g',
      help,
      registers: [register],
      collect: () => Promise.reject(new Error('no database')),
    })
    return register.getSingleMetricAsString('g')
  },
}

const counterOf = (Counter: Parameters<Operations>[0]['Counter']) =>
  new Counter({ name: 'c', help, labelNames: ['l'], registers: [] })
const gaugeOf = (Gauge: Parameters<Operations>[0]['Gauge']) =>
  new Gauge({ name: 'g', help, labelNames: ['l'], registers: [] })

it.each(Object.entries(cases))('%s ends in the error that prom-client has', async (_, operation) => {
  const { ours, theirs } = await errorsOfBoth(operation)
  expect(ours).toBe(theirs)
  expect(ours).not.toBe('no error')
})
