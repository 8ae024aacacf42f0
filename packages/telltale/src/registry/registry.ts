import { Counter } from '../metrics/counter.js'
import type { Family } from '../metrics/family.js'
import type { DropReason, Home } from '../metrics/home.js'
import { Slab } from '../metrics/slab.js'
import { type Clock, systemClock } from '../model/clock.js'
import { TelltaleError } from '../model/error.js'
import type { ErrorCode } from '../model/error-code.js'
import { labelText } from '../model/label-text.js'
import { checkLabelNames, shown } from '../model/metric-name.js'
import { type Collector, type CollectorFailure, CollectorSet } from './collector-set.js'
import { NameClaims } from './name-claims.js'

/** How long the collectors of one scrape may take when nobody says otherwise, in seconds. */
export const DEFAULT_COLLECT_SECONDS = 4.5

export interface RegistryOptions {
  /** Labels of every sample, such as the instance's region. Labels of a metric win over them. */
  readonly defaultLabels?: Readonly<Record<string, string>>
  /** Where time comes from; the machine when left out. */
  readonly clock?: Clock
  /** `count` (the default) counts bad observations and warns once; `throw` is for tests. */
  readonly badObservations?: 'count' | 'throw'
  /** Where warnings go; `process.emitWarning` when left out. */
  readonly warn?: (message: string, code: ErrorCode) => void
}

/** What one scrape gathers: the families to write and the labels that go to every sample. */
export interface Gathering {
  readonly families: readonly Family[]
  readonly defaultLabels: Readonly<Record<string, string>>
}

/**
 * The families of an application by name, the collectors that feed them, and the cells that hold their values.
 *
 * Defining metrics throws where a definition is wrong; recording never does. What could not be recorded is in
 * `telltale_observations_dropped_total{metric,reason}`, what went over a limit in
 * `telltale_series_overflow_total{metric}`, failing collectors in
 * `telltale_collector_errors_total{collector,reason}`; each appears with its first case.
 */
export class Registry implements Home {
  readonly slab = new Slab()
  readonly clock: Clock
  readonly #families = new Map<string, Family>()
  readonly #claims = new NameClaims()
  readonly #collectors = new CollectorSet()
  readonly #badObservations: 'count' | 'throw'
  readonly #warn: (message: string, code: ErrorCode) => void
  readonly #warned = new Set<string>()
  #defaultLabels: Readonly<Record<string, string>>
  #gathering: Promise<Gathering> | undefined

  constructor(options: RegistryOptions = {}) {
    this.clock = options.clock ?? systemClock
    this.#badObservations = options.badObservations ?? 'count'
    this.#warn = options.warn ?? emitWarning
    this.#defaultLabels = checkDefaultLabels(options.defaultLabels ?? {})
  }

  /** Labels of every sample that has no label of that name itself. */
  get defaultLabels(): Readonly<Record<string, string>> {
    return this.#defaultLabels
  }

  /** Sets the default labels, in place of those before. Throws `TELLTALE_LABEL_NAME`. */
  setDefaultLabels(labels: Readonly<Record<string, unknown>>): void {
    this.#defaultLabels = checkDefaultLabels(labels)
  }

  register(family: Family): void {
    const existing = this.#families.get(family.name)
    if (existing !== undefined) throw alreadyExists(existing, family)
    this.#claims.claim(family.name, family.type)
    this.#families.set(family.name, family)
  }

  /** Takes a family out; true when it was there. Its handles then record into nothing that is scraped. */
  unregister(name: string): boolean {
    const family = this.#families.get(name)
    if (family === undefined) return false
    this.#families.delete(name)
    this.#claims.release(name, family.type)
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
    this.#warnOnce(`${metric}\n${reason}`, code, message)
    if (reason === 'series_limit') this.#count(overflowCounter, [metric])
    else this.#count(droppedCounter, [metric, reason])
  }

  async #gatherOnce(seconds: number): Promise<Gathering> {
    const failures = await this.#collectors.run(seconds)
    const left = new Set<string>()
    for (const failure of failures) {
      this.#collectorFailed(failure)
      for (const family of failure.collector.families ?? []) left.add(family.name)
    }
    const families = this.families.filter((family) => !left.has(family.name))
    return { families, defaultLabels: this.#defaultLabels }
  }

  #collectorFailed({ collector, reason, detail }: CollectorFailure): void {
    this.#warnOnce(
      `${collector.name}\n${reason}`,
      'TELLTALE_COLLECTOR',
      `collector "${collector.name}" ${detail}`,
    )
    this.#count(collectorCounter, [collector.name, reason])
  }

  #warnOnce(key: string, code: ErrorCode, message: string): void {
    if (this.#warned.has(key)) return
    this.#warned.add(key)
    try {
      this.#warn(message, code)
    } catch {
      // A warning that cannot be given must not become an error of who records.
    }
  }

  /** Counts in a metric of the registry's own; when the application has taken its name, there is only the warning. */
  #count({ name, help, labels }: OwnCounter, values: readonly string[]): void {
    if (values[0] === name) return
    try {
      const existing = this.#families.get(name)
      const counter = existing ?? new Counter({ name, help, labels, registry: this })
      if (counter instanceof Counter) counter.labels(...values).inc()
    } catch {
      // A clash of names must not become an error of who records.
    }
  }
}

interface OwnCounter {
  readonly name: string
  readonly help: string
  readonly labels: readonly string[]
}

const droppedCounter: OwnCounter = {
  name: 'telltale_observations_dropped_total',
  help: 'Observations that were not recorded, by metric and reason.',
  labels: ['metric', 'reason'],
}

const overflowCounter: OwnCounter = {
  name: 'telltale_series_overflow_total',
  help: 'Look-ups of label sets beyond the limit on series, by metric.',
  labels: ['metric'],
}

const collectorCounter: OwnCounter = {
  name: 'telltale_collector_errors_total',
  help: 'Runs of collectors that failed or did not finish in time, by collector and reason.',
  labels: ['collector', 'reason'],
}

function emitWarning(message: string, code: ErrorCode): void {
  process.emitWarning(message, { type: 'TelltaleWarning', code })
}

function checkDefaultLabels(labels: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  // A histogram's and a summary's reserved names are refused for all, since default labels go to every family.
  checkLabelNames('default labels', Object.keys(labels), 'histogram')
  checkLabelNames('default labels', Object.keys(labels), 'summary')
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
