import type { Clock } from '../model/clock.js'
import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'
import {
  type ExemplarFault,
  type ExemplarLabels,
  type ExemplarProvider,
  type ReadLabels,
  readExemplarLabels,
} from './exemplar.js'

/** How often exemplars change. */
export interface ExemplarTimes {
  /** An exemplar younger than this is not replaced; 7 s when left out. Those of `withExemplar` are replaced at once. */
  readonly minRetentionSeconds?: number
  /** An exemplar older than this is not shown any more; 70 s when left out. */
  readonly maxRetentionSeconds?: number
  /** After a series took an exemplar it takes no other for this long; 0.09 s when left out. */
  readonly sampleIntervalSeconds?: number
}

/** Reads the options, defaults filled in. Throws `TELLTALE_OPTION`. */
export function exemplarTimes(options: ExemplarTimes = {}): Required<ExemplarTimes> {
  return {
    minRetentionSeconds: checkSeconds('minRetentionSeconds', options.minRetentionSeconds ?? 7),
    maxRetentionSeconds: checkSeconds('maxRetentionSeconds', options.maxRetentionSeconds ?? 70),
    sampleIntervalSeconds: checkSeconds('sampleIntervalSeconds', options.sampleIntervalSeconds ?? 0.09),
  }
}

function checkSeconds(option: string, seconds: number): number {
  if (typeof seconds === 'number' && seconds >= 0) return seconds
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `registry: got exemplarTimes.${option} ${shown(seconds)}, expected a number of seconds that is not negative`,
  )
}

/** Hears of an exemplar that could not be kept. */
export type ExemplarReport = (metric: string, fault: ExemplarFault, detail: string) => void

/** Where the exemplars of one registry come from: its provider, and the labels of a `withExemplar` that is running. */
export class ExemplarSampler {
  readonly clock: Clock
  readonly times: Required<ExemplarTimes>
  readonly #report: ExemplarReport
  #provider: ExemplarProvider | undefined
  #manual: ExemplarLabels | undefined
  #manualUsed = false
  #asking = false

  constructor(clock: Clock, times: Required<ExemplarTimes>, report: ExemplarReport) {
    this.clock = clock
    this.times = times
    this.#report = report
  }

  /** Takes the provider in place of the one before. */
  use(provider: ExemplarProvider | undefined): void {
    this.#provider = provider
  }

  /** Whether there can be exemplars at all. */
  get isActive(): boolean {
    return this.#manualUsed || (this.#provider !== undefined && this.#isAvailable(this.#provider))
  }

  /** Whether observations made now have labels of their own, which come before those of the provider. */
  get hasManual(): boolean {
    return this.#manual !== undefined
  }

  /** From now on there can be exemplars by hand. */
  acceptManual(): void {
    this.#manualUsed = true
  }

  /** Runs `record`; what it records before it returns has these labels. */
  with<T>(labels: ExemplarLabels, record: () => T): T {
    const before = this.#manual
    this.#manual = labels
    try {
      return record()
    } finally {
      this.#manual = before
    }
  }

  /** The labels of an observation made now. Never throws; what cannot be used is reported. */
  labels(metric: string, value: number): Readonly<Record<string, string>> | undefined {
    // What a provider records itself, and what reporting counts, has no exemplar: it would be asked without end.
    if (this.#asking) return undefined
    this.#asking = true
    try {
      const read = this.#read(metric, value)
      if ('labels' in read) return read.labels
      this.#report(metric, read.fault, read.detail)
      return undefined
    } finally {
      this.#asking = false
    }
  }

  #read(metric: string, value: number): ReadLabels {
    try {
      return readExemplarLabels(this.#manual ?? this.#provider?.labels(metric, value))
    } catch (error) {
      return { fault: 'provider_error', detail: thrown(error) }
    }
  }

  #isAvailable(provider: ExemplarProvider): boolean {
    try {
      return provider.available?.() ?? true
    } catch (error) {
      this.#report('', 'provider_error', thrown(error))
      return false
    }
  }
}

function thrown(error: unknown): string {
  return `an error: ${error instanceof Error ? error.message : shown(error)}`
}
