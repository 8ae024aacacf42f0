import type { LineShape } from '../metrics/sample-line.js'
import type { FamilySnapshot, SeriesSnapshot } from './family-snapshot.js'

/** Snapshots as JSON. Numbers that JSON does not have are texts, where only numbers can be. */
export function snapshotText(families: readonly FamilySnapshot[]): string {
  return JSON.stringify(families, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  )
}

/** Reads what {@link snapshotText} wrote, in another process of the same program. */
export function snapshotsIn(text: string): readonly FamilySnapshot[] {
  // Written by this module, so that its form is known.
  const families = JSON.parse(text) as readonly FamilySnapshot[]
  return families.map((family) => ({
    ...family,
    lines: family.lines.map(readLine),
    series: family.series.map(readSeries),
  }))
}

function readLine(line: LineShape): LineShape {
  const { label } = line
  if (label === undefined || (label.name !== 'le' && label.name !== 'quantile')) return line
  return { ...line, label: { ...label, value: Number(label.value) } }
}

function readSeries(series: SeriesSnapshot): SeriesSnapshot {
  const { samples, native } = series
  if (native === undefined && samples.every((sample) => typeof sample === 'number')) return series
  return {
    ...series,
    samples: samples.map((sample) => (sample === null ? null : Number(sample))),
    ...(native && { native: { ...native, sum: Number(native.sum) } }),
  }
}
