import type { YamlMap } from '../../yaml-document/index.js'
import type { Panel } from './dashboard-model.js'

/** Reductions that leave a value in its unit and its size. */
const plain = /^(?:last|lastNotNull|mean|median|max|min|first|firstNotNull)$/

/** The numbers at which a panel changes its colour; none where it has no colour by them, or not by the value. */
export function panelLimits({ node, type }: Panel): readonly number[] {
  const field = node.map('fieldConfig')
  const defaults = field?.map('defaults')
  const thresholds = defaults?.map('thresholds')
  if (defaults === undefined || thresholds === undefined || !isColoured(type, defaults)) return []
  if ((thresholds.text('mode') ?? 'absolute') !== 'absolute') return []
  // Each of these shows another value than that of the query.
  if (node.list('transformations').length > 0 || !isPlainlyReduced(node) || isOverridden(field)) return []
  return thresholds.list('steps').flatMap((step) => {
    const value = step.kind === 'map' ? Number(step.text('value') || Number.NaN) : Number.NaN
    return Number.isFinite(value) ? [value] : []
  })
}

function isColoured(type: string, defaults: YamlMap): boolean {
  if (type === 'timeseries') {
    const style = defaults.map('custom')?.map('thresholdsStyle')?.text('mode') ?? 'off'
    return style !== 'off' || defaults.map('color')?.text('mode') === 'thresholds'
  }
  const colour = defaults.map('color')?.text('mode') ?? 'thresholds'
  return /^(?:stat|gauge|bargauge)$/.test(type) && colour === 'thresholds'
}

function isPlainlyReduced(node: YamlMap): boolean {
  const reductions = node.map('options')?.map('reduceOptions')?.list('calcs') ?? []
  return reductions.every((item) => item.kind === 'scalar' && plain.test(item.text))
}

function isOverridden(field: YamlMap | undefined): boolean {
  return (field?.list('overrides') ?? []).some(
    (override) =>
      override.kind === 'map' &&
      override
        .list('properties')
        .some(
          (property) => property.kind === 'map' && /^(?:thresholds|color)$/.test(property.text('id') ?? ''),
        ),
  )
}
