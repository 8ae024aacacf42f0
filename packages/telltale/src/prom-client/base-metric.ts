import type { FamilyOptions, LabelledFamily } from '../metrics/family.js'
import type { Series } from '../metrics/series.js'
import type { MetricType } from '../model/metric-name.js'
import { defaultRegistry } from '../registry/default-registry.js'
import type { Registry as EngineRegistry } from '../registry/registry.js'
import { Adopted } from './adopted.js'
import { checkConfiguration, enginesOf, type MetricConfiguration } from './configuration.js'
import { runtimeAggregator } from './default-metrics-aggregator.js'
import { enrolInAll, metricsByFamily } from './enrolment.js'
import { recordWithExemplar } from './exemplar-recording.js'
import { checkKnown, type LabelValues, labelsByName } from './label-values.js'
import type { Aggregator, MetricObjectWithValues, MetricValueWithName } from './metric-object.js'
import { objectOf } from './metric-text.js'
import { SurfaceHome } from './surface-home.js'

type SurfaceFamily<S extends Series> = LabelledFamily<readonly string[], S>

/** Makes the engine's family, with what the metric type adds to these options. */
type Define<S extends Series> = (options: FamilyOptions<readonly string[]>) => SurfaceFamily<S>

/** What the four metric types share. */
export abstract class BaseMetric<T extends string, S extends Series> {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly labelNames: readonly T[]
  readonly aggregator: Aggregator
  /** @internal */
  readonly family: SurfaceFamily<S>
  readonly #origin: EngineRegistry | undefined
  readonly #engines: readonly EngineRegistry[]
  readonly #shownIn = new Set<EngineRegistry>()
  protected readonly takesExemplars: boolean

  constructor(type: MetricType, given: MetricConfiguration<T> | Adopted<S>, define: Define<S>) {
    if (given instanceof Adopted) {
      this.family = given.family
      this.#origin = given.engine
      this.#engines = []
      this.aggregator = runtimeAggregator(given.family.name)
    } else {
      checkConfiguration(type, given)
      const { name, help, labelNames, registers, seriesLimit } = given
      this.#engines = registers ? enginesOf(name, registers) : [defaultRegistry()]
      this.family = define({
        name,
        help,
        labels: [...(labelNames ?? [])],
        registry: new SurfaceHome(this.#engines[0]),
        ...(seriesLimit !== undefined && { seriesLimit }),
      })
      this.aggregator = given.aggregator ?? 'sum'
    }
    this.takesExemplars = !(given instanceof Adopted) && given.enableExemplars === true
    this.name = this.family.name
    this.help = this.family.help
    this.type = type
    // The family was defined with these names, or a caller without types adopts it as it is.
    this.labelNames = this.family.labelNames as readonly T[]
  }

  /** Runs before the values are read; may be set at any time. */
  collect?(): void | Promise<void>

  /** The metric as a plain object, brought up to date before. Rejects when its `collect` fails. */
  async get(): Promise<MetricObjectWithValues<MetricValueWithName<T>>> {
    await this.refresh()
    return objectOf(this.family, this.aggregator)
  }

  /** Takes all series out; a metric without labels starts again at zero. */
  reset(): void {
    // A family of the engine keeps its series, some of which were there from the start.
    if (this.#origin === undefined) this.family.clear()
    else this.family.reset()
  }

  /** Takes the series of these labels out. */
  remove(labels: LabelValues<T>): void
  remove(...values: (string | number)[]): void
  remove(...given: readonly unknown[]): void {
    const labels = labelsByName(this.labelNames, given)
    checkKnown(this.labelNames, labels)
    this.family.remove(labels)
  }

  /** @internal Brings the values up to date. */
  refresh(): void | Promise<void> {
    return this.#origin === undefined ? this.collect?.() : this.#origin.gather().then(() => {})
  }

  /** @internal */
  enrolled(engine: EngineRegistry): void {
    this.#shownIn.add(engine)
  }

  /** Runs `record`; what it records has these labels as its exemplar. */
  protected recorded(exemplarLabels: LabelValues<string> | undefined, record: () => void): void {
    recordWithExemplar([...this.#shownIn], exemplarLabels, record)
  }

  /** The last step of every constructor: the complete metric goes into its registries. */
  protected enrol(): void {
    metricsByFamily().set(this.family, this)
    enrolInAll(this, this.#engines)
  }

  /** The series of these labels. Throws for a label that the metric does not have. */
  protected series(labels: LabelValues<T>): S {
    checkKnown(this.labelNames, labels)
    return this.family.labels(labels)
  }

  /** Finds the series of these labels when it is first recorded into, and again after it was taken out. */
  protected child(labels: LabelValues<string>): () => S {
    let series: S | undefined
    return () => {
      if (series === undefined || series.isGone) {
        checkKnown(this.labelNames, labels)
        series = this.family.labels(labels)
      }
      return series
    }
  }
}
