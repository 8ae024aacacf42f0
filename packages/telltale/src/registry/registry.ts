import type { DropReason } from '../metrics/drop-reason.js'
import type { ExemplarFault, ExemplarLabels, ExemplarProvider } from '../metrics/exemplar.js'
import { ExemplarSampler, type ExemplarTimes, exemplarTimes } from '../metrics/exemplar-sampler.js'
import type { Family } from '../metrics/family.js'
import type { Home } from '../metrics/home.js'
import { LabelTexts } from '../metrics/label-texts.js'
import type { RowWatcher } from '../metrics/row-watcher.js'
import { Slab } from '../metrics/slab.js'
import { type Clock, systemClock } from '../model/clock.js'
import { TelltaleError } from '../model/error.js'
import type { ErrorCode } from '../model/error-code.js'
import { labelText } from '../model/label-text.js'
import { checkLabelNames, checkMetricName, shown } from '../model/metric-name.js'
import type { NameRule } from '../model/name-escaping.js'
import { type Collector, type CollectorFailure, CollectorSet, type CollectorYield } from './collector-set.js'
import { NameClaims } from './name-claims.js'
import type { Gathering, ScrapeSource } from './scrape-source.js'
import { SelfReport } from './self-report.js'
import { WatcherList } from './watcher-list.js'

/** How long the collectors of one scrape may take when nobody says otherwise, in seconds. */
export const DEFAULT_COLLECT_SECONDS = 4.5

export interface RegistryOptions {
  /** Labels of every sample, such as the instance's region. Labels of a metric win over them. */
  readonly defaultLabels?: Readonly<Record<string, string>>
  /**
   * `legacy` (the default) takes names of letters, digits, `_` and, for metrics, `:`. `utf-8` takes any text: a
   * Prometheus from 3.0 on gets it as it is, an older one escaped. Names that would become one by escaping are a
   * clash.
   */
  readonly names?: NameRule
  /**
   * Remembers when each series of a counter, histogram or summary began, and writes it as `_created` in OpenMetrics
   * 1.0: one more series for each in most versions of Prometheus, and eight bytes here. Off when left out.
   */
  readonly createdTimes?: boolean
  /**
   * Also writes OpenMetrics 2.0, which is a release candidate, for requests that name `version=2.0.0`: native buckets
   * in a text, and start times without series of their own. What it looks like may change with the specification.
   * Off when left out.
   */
  readonly openMetrics2?: boolean
  /**
   * Gives the exemplars of counters, histograms and summaries, which OpenMetrics and protobuf show: for each counter
   * and bucket one observation with, for example, the trace it happened in. `openTelemetryExemplars` finds the trace
   * by itself. None when left out.
   */
  readonly exemplars?: ExemplarProvider
  /** How often exemplars change. */
  readonly exemplarTimes?: ExemplarTimes
  /** Where time comes from; the machine when left out. */
  readonly clock?: Clock
  /** `count` (the default) counts bad observations and warns once; `throw` is for tests. */
  readonly badObservations?: 'count' | 'throw'
  /** Where warnings go; `process.emitWarning` when left out. */
  readonly warn?: (message: string, code: ErrorCode) => void
}

/**
 * The families of an application by name, the collectors that feed them, and the cells that hold their values.
 *
 * Defining metrics throws where a definition is wrong; recording never does. What could not be recorded is in
 * `telltale_observations_dropped_total{metric,reason}`, what went over a limit in
 * `telltale_series_overflow_total{metric}`, exemplars that were not kept in
 * `telltale_exemplars_dropped_total{metric,reason}`, failing collectors in
 * `telltale_collector_errors_total{collector,reason}`; each appears with its first case.
 */
export class Registry implements Home, ScrapeSource {
  readonly slab = new Slab()
  readonly texts = new LabelTexts(this.slab)
  readonly clock: Clock
  readonly names: NameRule
  readonly createdTimes: boolean
  /** Whether it is written in OpenMetrics 2.0 where a request names that. */
  readonly openMetrics2: boolean
  readonly #families = new Map<string, Family>()
  readonly #claims: NameClaims
  readonly #collectors = new CollectorSet()
  readonly #exemplars: ExemplarSampler
  #hasExemplars = false
  readonly #badObservations: 'count' | 'throw'
  readonly #report: SelfReport
  #defaultLabels: Readonly<Record<string, string>>
  #gathering: Promise<Gathering> | undefined
  #watchers: WatcherList | undefined

  constructor(options: RegistryOptions = {}) {
    this.clock = options.clock ?? systemClock
    this.names = checkNameRule(options.names ?? 'legacy')
    this.createdTimes = options.createdTimes ?? false
    this.openMetrics2 = options.openMetrics2 ?? false
    this.#claims = new NameClaims(this.names)
    this.#badObservations = options.badObservations ?? 'count'
    this.#report = new SelfReport(this, (name) => this.get(name), options.warn ?? emitWarning)
    this.#exemplars = new ExemplarSampler(this.clock, exemplarTimes(options.exemplarTimes), (...fault) =>
      this.#exemplarDropped(...fault),
    )
    this.#exemplars.use(options.exemplars)
    this.#defaultLabels = checkDefaultLabels(options.defaultLabels ?? {}, this.names)
  }

  /** Labels of every sample that has no label of that name itself. */
  get defaultLabels(): Readonly<Record<string, string>> {
    return this.#defaultLabels
  }

  /** Sets the default labels, in place of those before. Throws `TELLTALE_LABEL_NAME`. */
  setDefaultLabels(labels: Readonly<Record<string, unknown>>): void {
    this.#defaultLabels = checkDefaultLabels(labels, this.names)
  }

  register(family: Family): void {
    const existing = this.#families.get(family.name)
    if (existing !== undefined) throw alreadyExists(existing, family)
    this.#claims.claim(family)
    this.#families.set(family.name, family)
    this.#watchers?.familyEntered(family)
    this.#switchExemplars()
    if (this.#hasExemplars) family.sampleExemplars?.(this.#exemplars)
  }

  /** Takes a family out; true when it was there. Its handles then record into nothing that is scraped. */
  unregister(name: string): boolean {
    const family = this.#families.get(name)
    if (family === undefined) return false
    this.#families.delete(name)
    this.#claims.release(family)
    this.#watchers?.familyLeft(family)
    family.moveOut?.(this.slab)
    this.#collectors.familyGone(name, (other) => this.#families.has(other))
    return true
  }

  /** The family of this name. */
  get(name: string): Family | undefined {
    return this.#families.get(name)
  }

  /** All families, in the order of their registration. */
  get families(): readonly Family[] {
    return [...this.#families.values()]
  }

  /** Takes exemplars from this provider, in place of the one before, or from none any more. */
  setExemplarProvider(provider: ExemplarProvider | undefined): void {
    this.#exemplars.use(provider)
    this.#switchExemplars()
  }

  /**
   * Runs `record` and returns what it returns; what it records in this registry before it returns has these labels as
   * its exemplar, whatever the provider says: `registry.withExemplar({ trace_id }, () => latency.observe(0.2))`. Not
   * what it records after an `await`. The newest such exemplar of a counter or bucket is shown for 70 s. At most 128
   * code points in all names and values; labels that are longer, or not valid, are dropped and counted.
   */
  withExemplar<T>(labels: ExemplarLabels, record: () => T): T {
    this.#exemplars.acceptManual()
    this.#switchExemplars()
    return this.#exemplars.with(labels, record)
  }

  /** @internal */
  get watcher(): RowWatcher | undefined {
    return this.#watchers
  }

  /** @internal Has `watcher` hear of all families and the memory of their rows from now on, until `stop()`. */
  watch(watcher: RowWatcher): { stop(): void } {
    this.#watchers = new WatcherList([...(this.#watchers?.watchers ?? []), watcher])
    return {
      stop: () => {
        const left = this.#watchers?.watchers.filter((other) => other !== watcher) ?? []
        this.#watchers = left.length > 0 ? new WatcherList(left) : undefined
      },
    }
  }

  /** Runs a collector before each scrape, until `stop()` or until the last of its `families` is taken out. */
  addCollector(collector: Collector): { stop(): void } {
    return this.#collectors.add(collector)
  }

  /** Sets every value back to its start. Families and series stay, so later scrapes show them at zero. */
  reset(): void {
    for (const family of this.#families.values()) family.reset()
  }

  /** Takes all families and collectors out. */
  clear(): void {
    for (const name of [...this.#families.keys()]) this.unregister(name)
    this.#collectors.clear()
  }

  /**
   * Runs the collectors for at most `seconds` and says what to write: every family but those whose collector
   * failed. Scrapes that overlap share one gathering. Never rejects.
   */
  gather(seconds = DEFAULT_COLLECT_SECONDS): Promise<Gathering> {
    this.#gathering ??= this.#gatherOnce(seconds).finally(() => {
      this.#gathering = undefined
    })
    return this.#gathering
  }

  dropped(metric: string, reason: DropReason, code: ErrorCode, message: string): void {
    if (this.#badObservations === 'throw') throw new TelltaleError(code, message)
    const counter = reason === 'series_limit' ? 'overflow' : 'dropped'
    this.#report.add({ counter, subject: metric, reason, code, message })
  }

  async #gatherOnce(seconds: number): Promise<Gathering> {
    this.#switchExemplars()
    const { failures, yields } = await this.#collectors.run(seconds)
    const left = new Set<string>()
    for (const failure of failures) {
      this.#collectorFailed(failure)
      for (const family of failure.collector.families ?? []) left.add(family.name)
    }
    const brought = this.#admitted(yields)
    const families = this.families.filter((family) => !left.has(family.name))
    return { families: [...families, ...brought], defaultLabels: this.#defaultLabels }
  }

  /** The families that collectors brought, but for those that are not valid or whose names are taken. */
  #admitted(yields: readonly CollectorYield[]): readonly Family[] {
    const admitted: Family[] = []
    for (const { collector, families } of yields) {
      const faults: string[] = []
      for (const family of families) {
        const fault = this.#faultOf(family)
        if (fault === undefined) admitted.push(family)
        else faults.push(fault)
      }
      if (faults.length > 0) {
        const detail = `brought ${faults.length} families that are left out: ${faults.slice(0, 5).join('; ')}`
        this.#collectorFailed({ collector, reason: 'name_clash', detail })
      }
    }
    for (const family of admitted) this.#claims.release(family)
    return admitted
  }

  /** Claims the names of a family; when that cannot be, says why. */
  #faultOf(family: Family): string | undefined {
    try {
      checkMetricName(family.name, this.names)
      checkLabelNames(family.name, family.labelNames, family.type, this.names)
      this.#claims.claim(family)
      return undefined
    } catch (error) {
      return error instanceof Error ? error.message : shown(error)
    }
  }

  /** Lets the families take exemplars from the moment on that there is somebody who gives them. */
  #switchExemplars(): void {
    const active = this.#exemplars.isActive
    if (active === this.#hasExemplars) return
    this.#hasExemplars = active
    for (const family of this.#families.values()) {
      family.sampleExemplars?.(active ? this.#exemplars : undefined)
    }
  }

  #exemplarDropped(metric: string, fault: ExemplarFault, detail: string): void {
    const where = metric === '' ? 'registry: exemplars were' : `metric "${metric}": an exemplar was`
    const message = `${where} not kept, because their provider gave ${detail}`
    this.#report.add({
      counter: 'exemplars',
      subject: metric,
      reason: fault,
      code: 'TELLTALE_EXEMPLAR',
      message,
    })
  }

  #collectorFailed({ collector, reason, detail }: CollectorFailure): void {
    this.#report.add({
      counter: 'collectors',
      subject: collector.name,
      reason,
      code: 'TELLTALE_COLLECTOR',
      message: `collector "${collector.name}" ${detail}`,
    })
  }
}

function emitWarning(message: string, code: ErrorCode): void {
  process.emitWarning(message, { type: 'TelltaleWarning', code })
}

function checkNameRule(rule: unknown): NameRule {
  if (rule === 'legacy' || rule === 'utf-8') return rule
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `registry: got names ${shown(rule)}, expected "legacy" or "utf-8"`,
  )
}

function checkDefaultLabels(
  labels: Readonly<Record<string, unknown>>,
  rule: NameRule,
): Readonly<Record<string, string>> {
  // A histogram's and a summary's reserved names are refused for all, since default labels go to every family.
  checkLabelNames('default labels', Object.keys(labels), 'histogram', rule)
  checkLabelNames('default labels', Object.keys(labels), 'summary', rule)
  const checked: Record<string, string> = {}
  for (const [name, value] of Object.entries(labels)) {
    const text = labelText(value)
    if (text === undefined) {
      throw new TelltaleError(
        'TELLTALE_LABEL_VALUE',
        `default label "${name}": got ${shown(value)}, expected a text, a number or a boolean`,
      )
    }
    if (text !== '') checked[name] = text
  }
  return checked
}

function alreadyExists(existing: Family, family: Family): TelltaleError {
  const was = `a ${existing.type} with labels ${shown(existing.labelNames)}`
  const same = existing.type === family.type && shown(existing.labelNames) === shown(family.labelNames)
  return new TelltaleError(
    'TELLTALE_METRIC_EXISTS',
    `metric "${family.name}" is registered already, as ${was}; got ` +
      (same
        ? 'the same definition again. Define a metric once and import it where it is used'
        : `a ${family.type} with labels ${shown(family.labelNames)}. Rename one of them, or use another registry`),
  )
}
