import type { Family } from '../metrics/family.js'
import { processWide } from '../model/process-wide.js'
import { Registry as EngineRegistry } from '../registry/registry.js'
import {
  isWritten,
  openMetricsContentType,
  type PrometheusContentType,
  prometheusContentType,
  type RegistryContentType,
} from './content-type.js'
import { enrol, metricsByFamily } from './enrolment.js'
import { LabelledView } from './labelled-view.js'
import { aggregatorOf, type Metric, metricOf } from './metric.js'
import type { MetricObjectWithValues, MetricValue } from './metric-object.js'
import { familyText, objectOf, scrapeText } from './metric-text.js'

/** prom-client's registry over one of the engine's: what is in the one is in the other. */
export class Registry<T extends RegistryContentType = PrometheusContentType> {
  static readonly PROMETHEUS_CONTENT_TYPE = prometheusContentType
  static readonly OPENMETRICS_CONTENT_TYPE = openMetricsContentType
  readonly #engine: EngineRegistry
  #contentType: T

  /** Writes Prometheus' text format, or OpenMetrics. Throws a TypeError for any other content type. */
  constructor(contentType?: T)
  /** @internal */
  constructor(contentType: T | undefined, engine: EngineRegistry)
  constructor(contentType?: T, engine = new EngineRegistry()) {
    // The default of the type parameter is the default of the parameter.
    this.#contentType = contentType ?? (prometheusContentType as T)
    if (!isWritten(this.#contentType)) {
      throw new TypeError(`Content type ${this.#contentType} is unsupported`)
    }
    this.#engine = engine
  }

  /** The view of one of the engine's registries; the same one each time. */
  static over(engine: EngineRegistry): Registry {
    const views = processWide(
      'telltale.prom-client-registries.1',
      () => new WeakMap<EngineRegistry, Registry>(),
    )
    const existing = views.get(engine)
    if (existing !== undefined) return existing
    const registry = new Registry(prometheusContentType, engine)
    views.set(engine, registry)
    return registry
  }

  /**
   * A new registry with the metrics of all of these. The metrics are the same ones, so that their values go on, and
   * each keeps the default labels of the registry that it came from. Throws unless all have one content type.
   */
  static merge<T extends RegistryContentType = PrometheusContentType>(
    registers: readonly Registry<T>[],
  ): Registry<T> {
    const contentType = registers[0]?.contentType
    if (registers.some((register) => register.contentType !== contentType)) {
      throw new Error('Registers can only be merged if they have the same content type')
    }
    const merged = new Registry(contentType)
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

  /** Writes in this format from now on. Throws for what is neither Prometheus' text format nor OpenMetrics. */
  setContentType(contentType: T): void {
    if (!isWritten(contentType)) throw new Error(`Content type ${contentType} is unsupported`)
    this.#contentType = contentType
  }

  /** All metrics in the format of `contentType`. A `collect` that fails costs its own metric this time, and is counted. */
  async metrics(): Promise<string> {
    const { families, defaultLabels } = await this.#engine.gather()
    return scrapeText(families, defaultLabels, this.#contentType)
  }

  /** All metrics with their values as plain objects. */
  async getMetricsAsJSON(): Promise<MetricObjectWithValues<MetricValue<string>>[]> {
    const { families, defaultLabels } = await this.#engine.gather()
    return families.map((family) => objectOf(family, aggregatorOf(family, this.#engine), defaultLabels))
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

  /** One metric in the format of `contentType`, brought up to date. Rejects when there is none, and when its `collect` fails. */
  async getSingleMetricAsString(name: string): Promise<string> {
    const family = this.#engine.get(name)
    if (family === undefined) throw new TypeError(`There is no metric with the name ${name}`)
    await metricOf(family, this.#engine).refresh()
    return familyText(family, this.#engine.defaultLabels, this.#contentType)
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
    const labelled = (family: Family) => new LabelledView(family, () => source.defaultLabels)
    for (const family of source.families) {
      const metric = metricOf(family, source)
      const existing = this.#engine.get(family.name)
      if (existing !== undefined && metricsByFamily().get(existing) === metric) continue
      if (existing !== undefined) {
        throw new Error(`A metric with the name ${family.name} has already been registered.`)
      }
      const view = labelled(family)
      metricsByFamily().set(view, metric)
      this.#engine.register(view)
    }
    this.#engine.addCollector({
      name: 'merged registry',
      collect: async () => {
        const { families } = await source.gather()
        // What collectors of its own brought is in no registry.
        return families.filter((family) => source.get(family.name) !== family).map(labelled)
      },
    })
  }
}
