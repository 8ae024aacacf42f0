import { processWide } from '../model/process-wide.js'
import { Registry as EngineRegistry } from '../registry/registry.js'
import {
  openMetricsContentType,
  type PrometheusContentType,
  prometheusContentType,
  type RegistryContentType,
} from './content-type.js'
import { enrol, metricsByFamily } from './enrolment.js'
import { LabelledView } from './labelled-view.js'
import { type Metric, metricOf } from './metric.js'
import type { MetricObjectWithValues, MetricValue } from './metric-object.js'
import { objectOf, textOf } from './metric-text.js'

/** prom-client's registry over one of the engine's: what is in the one is in the other. */
export class Registry<T extends RegistryContentType = PrometheusContentType> {
  static readonly PROMETHEUS_CONTENT_TYPE = prometheusContentType
  static readonly OPENMETRICS_CONTENT_TYPE = openMetricsContentType
  #engine = new EngineRegistry()
  #contentType: T

  /** Throws a TypeError for any content type but that of Prometheus' text format. */
  constructor(contentType?: T) {
    // The default of the type parameter is the default of the parameter.
    this.#contentType = contentType ?? (prometheusContentType as T)
    if (!isWritten(this.#contentType)) {
      throw new TypeError(`Content type ${this.#contentType} is unsupported`)
    }
  }

  /** The view of one of the engine's registries; the same one each time. */
  static over(engine: EngineRegistry): Registry {
    const views = processWide(
      'telltale.prom-client-registries.1',
      () => new WeakMap<EngineRegistry, Registry>(),
    )
    const existing = views.get(engine)
    if (existing !== undefined) return existing
    const registry = new Registry()
    registry.#engine = engine
    views.set(engine, registry)
    return registry
  }

  /**
   * A new registry with the metrics of all of these. The metrics are the same ones, so that their values go on, and
   * each keeps the default labels of the registry that it came from.
   */
  static merge(registers: readonly Registry<RegistryContentType>[]): Registry {
    const merged = new Registry()
    for (const register of registers) merged.#include(register.#engine)
    return merged
  }

  /** The engine's registry below this one. */
  get engine(): EngineRegistry {
    return this.#engine
  }

  /** What to send as Content-Type with `metrics()`. */
  get contentType(): T {
    return this.#contentType
  }

  /** Throws for any content type but that of Prometheus' text format. */
  setContentType(contentType: T): void {
    if (!isWritten(contentType)) throw new Error(`Content type ${contentType} is unsupported`)
    this.#contentType = contentType
  }

  /** All metrics in the text format. A `collect` that fails costs its own metric this time, and is counted. */
  async metrics(): Promise<string> {
    const { families, defaultLabels } = await this.#engine.gather()
    return textOf(families, defaultLabels)
  }

  /** All metrics with their values as plain objects. */
  async getMetricsAsJSON(): Promise<MetricObjectWithValues<MetricValue<string>>[]> {
    const { families, defaultLabels } = await this.#engine.gather()
    return families.map((family) =>
      objectOf(family, metricOf(family, this.#engine).aggregator, defaultLabels),
    )
  }

  /** All metrics, in the order of their registration. */
  getMetricsAsArray(): Metric[] {
    return this.#engine.families.map((family) => metricOf(family, this.#engine))
  }

  getSingleMetric<L extends string>(name: string): Metric<L> | undefined {
    const family = this.#engine.get(name)
    // Which labels it has is the caller's knowledge.
    return family && (metricOf(family, this.#engine) as Metric<L>)
  }

  /** One metric in the text format, brought up to date. Rejects when there is none, and when its `collect` fails. */
  async getSingleMetricAsString(name: string): Promise<string> {
    const family = this.#engine.get(name)
    if (family === undefined) throw new TypeError(`There is no metric with the name ${name}`)
    await metricOf(family, this.#engine).refresh()
    return textOf([family], this.#engine.defaultLabels).trimEnd()
  }

  /** Throws when another metric has the name. */
  registerMetric<L extends string>(metric: Metric<L>): void {
    enrol(metric, this.#engine)
  }

  removeSingleMetric(name: string): void {
    this.#engine.unregister(name)
  }

  /** Labels of every sample that has no label of that name itself. Throws for names that no label can have. */
  setDefaultLabels(labels: object): void {
    this.#engine.setDefaultLabels({ ...labels })
  }

  /** Resets every metric. */
  resetMetrics(): void {
    for (const metric of this.getMetricsAsArray()) metric.reset()
  }

  /** Takes all metrics and default labels out, and ends the default metrics. */
  clear(): void {
    this.#engine.clear()
    this.#engine.setDefaultLabels({})
  }

  #include(source: EngineRegistry): void {
    for (const family of source.families) {
      const metric = metricOf(family, source)
      const existing = this.#engine.get(family.name)
      if (existing !== undefined && metricsByFamily().get(existing) === metric) continue
      if (existing !== undefined) {
        throw new Error(`A metric with the name ${family.name} has already been registered.`)
      }
      const view = new LabelledView(family, () => source.defaultLabels)
      metricsByFamily().set(view, metric)
      this.#engine.register(view)
    }
    this.#engine.addCollector({
      name: 'merged registry',
      collect: async () => {
        await source.gather()
      },
    })
  }
}

function isWritten(contentType: string): boolean {
  return contentType === prometheusContentType
}
