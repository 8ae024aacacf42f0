import type { ParsedExposition, ParsedLabels, ParsedSample } from '../parse/exposition-model.js'
import { comparable, labelKey } from '../parse/series-key.js'

/** The samples of a name that have certain labels. */
export interface Found {
  /** The one that is meant: that with no other labels, or the only one that has these. */
  readonly sample: ParsedSample | undefined
  /** All that have these labels, and maybe others. */
  readonly matching: readonly ParsedSample[]
}

/** Looks for a sample by its own name, as in `took_seconds_count`, and by labels, of which some may be left out. */
export function findSample(exposition: ParsedExposition, name: string, labels: ParsedLabels): Found {
  const matching = samplesNamed(exposition, name).filter(
    (sample) => differing(sample.labels, labels).length === 0,
  )
  const key = labelKey(labels)
  const exact = matching.find((sample) => labelKey(sample.labels) === key)
  return { sample: exact ?? (matching.length === 1 ? matching[0] : undefined), matching }
}

export function samplesNamed({ families }: ParsedExposition, name: string): readonly ParsedSample[] {
  return families.flatMap((family) => family.samples.filter((sample) => sample.name === name))
}

/** The names of the wanted labels that have another value here. */
export function differing(labels: ParsedLabels, wanted: ParsedLabels): readonly string[] {
  return Object.keys(wanted).filter(
    (name) => comparable(name, labels[name] ?? '') !== comparable(name, wanted[name]!),
  )
}
