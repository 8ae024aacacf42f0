import { readExemplarLabels } from '../metrics/exemplar.js'
import type { Registry as EngineRegistry } from '../registry/registry.js'
import { isObject, type LabelValues } from './label-values.js'

/** What `inc` takes of a counter with `enableExemplars`. */
export interface IncreaseDataWithExemplar<T extends string> {
  value?: number
  labels?: LabelValues<T>
  /** What leads to one cause of the sample; at most 128 characters in all names and values. */
  exemplarLabels?: LabelValues<string>
}

/** What `observe` takes of a histogram with `enableExemplars`. */
export interface ObserveDataWithExemplar<T extends string> {
  value: number
  labels?: LabelValues<T>
  /** What leads to one cause of the sample; at most 128 characters in all names and values. */
  exemplarLabels?: LabelValues<string>
}

/** Either form of data, as far as a caller without types can be trusted. */
export function dataOf<T extends string>(given: unknown): Partial<ObserveDataWithExemplar<T>> {
  return isObject(given) ? given : {}
}

/**
 * Runs `record`; what it records has these labels as its exemplar in each of the registries that may show it. Throws
 * prom-client's error for labels that are too long, after it was recorded without them.
 */
export function recordWithExemplar(
  engines: readonly EngineRegistry[],
  labels: LabelValues<string> | undefined,
  record: () => void,
): void {
  if (labels === undefined || Object.keys(labels).length === 0) {
    record()
    return
  }
  const read = readExemplarLabels(labels)
  if ('fault' in read && read.fault === 'too_long') {
    record()
    throw new RangeError('Label set size must be smaller than 128 UTF-8 chars')
  }
  const inAll = engines.reduce((inner, engine) => () => engine.withExemplar(labels, inner), record)
  inAll()
}
