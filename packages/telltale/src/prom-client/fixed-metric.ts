import type { MergedFamily } from '../aggregate/merged-family.js'
import type { MetricType } from '../model/metric-name.js'
import type { Enrollable } from './enrolment.js'
import type { Aggregator, MetricObjectWithValues, MetricValueWithName } from './metric-object.js'
import { objectOf } from './metric-text.js'

/** A metric whose values were merged from several processes: it can be read, and nothing can be recorded into it. */
export class FixedMetric implements Enrollable {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly aggregator: Aggregator
  /** @internal */
  readonly family: MergedFamily

  constructor(family: MergedFamily) {
    this.name = family.name
    this.help = family.help
    this.type = family.type
    this.aggregator = family.aggregator
    this.family = family
  }

  /** The values, as plain objects of the caller's own. */
  get values(): MetricValueWithName<string>[] {
    return objectOf(this.family, this.aggregator).values
  }

  async get(): Promise<MetricObjectWithValues<MetricValueWithName<string>>> {
    return objectOf(this.family, this.aggregator)
  }

  /** There is nothing to set back. */
  reset(): void {}

  /** @internal */
  refresh(): void {}
}
