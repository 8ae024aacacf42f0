import type { Exemplar } from '../metrics/exemplar.js'
import { escapeLabelValue } from '../model/label-text.js'
import { valueText } from '../model/number-text.js'

/** An exemplar behind a sample, in any version of OpenMetrics. */
export function exemplarText({ labels, value, timestamp }: Exemplar): string {
  const pairs = Object.entries(labels).map(([name, text]) => `${name}="${escapeLabelValue(text)}"`)
  return ` # {${pairs.join(',')}} ${valueText(value)} ${valueText(timestamp)}`
}
