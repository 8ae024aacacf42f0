import { MergedFamily } from '../aggregate/merged-family.js'
import type { CounterSeries } from '../metrics/counter.js'
import type { Family, LabelledFamily } from '../metrics/family.js'
import type { GaugeSeries } from '../metrics/gauge.js'
import type { HistogramSeries } from '../metrics/histogram.js'
import type { Series } from '../metrics/series.js'
import type { SummarySeries } from '../metrics/summary.js'
import type { Registry as EngineRegistry } from '../registry/registry.js'
import { Adopted } from './adopted.js'
import { Counter } from './counter.js'
import { metricsByFamily } from './enrolment.js'
import { FixedMetric } from './fixed-metric.js'
import { Gauge } from './gauge.js'
import { Histogram } from './histogram.js'
import type { Aggregator } from './metric-object.js'
import { Summary } from './summary.js'

/** A metric of any type. */
export type Metric<T extends string = string> = Counter<T> | Gauge<T> | Summary<T> | Histogram<T>

/** The metric that shows this family, made now if it was defined with the engine's own classes. */
export function metricOf(family: Family, engine: EngineRegistry): Metric {
  return metricsByFamily<Metric>().get(family) ?? adopt(family, engine)
}

/** How the values that several processes have for this family become one. */
export function aggregatorOf(family: Family, engine: EngineRegistry): Aggregator {
  if (family instanceof MergedFamily) return family.aggregator
  return family.role === undefined ? metricOf(family, engine).aggregator : 'max'
}

function adopt(family: Family, engine: EngineRegistry): Metric {
  // It can be read like all others, and there is nothing to record into, as in prom-client.
  if (family instanceof MergedFamily) return new FixedMetric(family) as unknown as Metric
  switch (family.type) {
    case 'counter':
      return new Counter(new Adopted(labelled<CounterSeries>(family), engine))
    case 'gauge':
      return new Gauge(new Adopted(labelled<GaugeSeries>(family), engine))
    case 'histogram':
      return new Histogram(new Adopted(labelled<HistogramSeries>(family), engine))
    case 'summary':
      return new Summary(new Adopted(labelled<SummarySeries>(family), engine))
  }
}

// Families of the engine are labelled families, and their type says of which series.
function labelled<S extends Series>(family: Family): LabelledFamily<readonly string[], S> {
  return family as LabelledFamily<readonly string[], S>
}
