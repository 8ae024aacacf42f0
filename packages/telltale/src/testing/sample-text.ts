import type { LabelValue } from '../model/label-schema.js'
import { labelPairs, labelText } from '../model/label-text.js'
import { valueText } from '../model/number-text.js'
import type { ParsedLabels, ParsedSample } from '../parse/exposition-model.js'

/** Labels as a test gives them; numbers and booleans are converted, and what is empty must be missing. */
export type SampleLabels = Readonly<Record<string, LabelValue>>

/** The labels as texts. */
export function labelTexts(labels: SampleLabels): ParsedLabels {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, labelText(value) ?? '']))
}

/** `name{a="x"}`, as it stands in an exposition. */
export function seriesText(name: string, labels: ParsedLabels): string {
  const pairs = labelPairs(Object.keys(labels), Object.values(labels))
  return pairs === '' ? name : `${name}{${pairs}}`
}

/** The whole line. */
export function sampleText({ name, labels, value }: ParsedSample): string {
  return `${seriesText(name, labels)} ${valueText(value)}`
}
