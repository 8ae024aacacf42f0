import { dataModel, exporters, instrumentation, type LintRule, naming } from './rule.js'

/** With fewer series than this, that they share a value says nothing yet. */
const SERIES_TO_COMPARE = 5

/** Values of labels that stand for one case each, so that the number of series has no bound. */
const idLike: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['an e-mail address', /[^\s@/]+@[^\s@/]+\.[a-z]{2,}/i],
  ['a UUID', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i],
  ['a URL', /^[a-z][a-z0-9+.-]*:\/\/|\?[^/\s]+=/i],
  ['a path with a number in it', /\/\d+(?:\/|$)/],
  ['a long number', /\d{8,}/],
  ['a hash', /(?<![0-9a-z])(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{16,}(?![0-9a-z])/i],
]

export const reservedLabel: LintRule = {
  id: 'reserved-label',
  severity: 'warning',
  reference: `${dataModel}#metric-names-and-labels`,
  *check({ labels }) {
    for (const label of labels.keys()) {
      if (!label.startsWith('__')) continue
      const remedy = 'Rename the label: Prometheus keeps these for itself and drops them.'
      yield { got: `the label "${label}"`, expected: 'a name that does not start with "__"', remedy }
    }
  },
}

export const targetLabel: LintRule = {
  id: 'target-label',
  severity: 'info',
  reference: `${exporters}#target-labels-not-static-scraped-labels`,
  *check({ labels }) {
    for (const label of ['job', 'instance']) {
      if (!labels.has(label)) continue
      yield {
        got: `the label "${label}"`,
        expected: `a name of your own, since Prometheus sets "${label}" for the target`,
        remedy: `Rename it, or find it as "exported_${label}"; a Pushgateway needs honor_labels instead.`,
      }
    }
  },
}

export const idLikeLabelValue: LintRule = {
  id: 'id-like-label-value',
  severity: 'warning',
  reference: `${naming}#labels`,
  *check({ labels, isInfo }) {
    // An info metric is there to carry such a value, once.
    if (isInfo) return
    for (const [label, { values }] of labels) {
      for (const [value, line] of values) {
        const kind = idLike.find(([, pattern]) => pattern.test(value))?.[0]
        if (kind === undefined) continue
        yield {
          got: `${kind} in the label "${label}" (${masked(value)})`,
          expected: 'values out of a small, known set',
          remedy: 'Use the route instead of the path, or leave the label out and log the value.',
          line,
        }
        break
      }
    }
  },
}

export const highCardinality: LintRule = {
  id: 'high-cardinality',
  severity: 'warning',
  reference: `${instrumentation}#do-not-overuse-labels`,
  *check({ labels, series }, { limits }) {
    const remedy = 'Find the label whose values have no bound and leave it out, or raise the limit.'
    for (const [label, { values }] of labels) {
      if (values.size <= limits.labelValues) continue
      yield {
        got: `${values.size} values of the label "${label}"`,
        expected: `at most ${limits.labelValues}`,
        remedy,
      }
    }
    if (series > limits.series)
      yield { got: `${series} series`, expected: `at most ${limits.series}`, remedy }
  },
}

export const constantLabel: LintRule = {
  id: 'constant-label',
  severity: 'info',
  reference: `${exporters}#target-labels-not-static-scraped-labels`,
  *check({ labels, series, samples, isInfo }) {
    if (isInfo || series < SERIES_TO_COMPARE) return
    for (const [label, use] of labels) {
      if (use.values.size !== 1 || use.samples !== samples.length) continue
      yield {
        got: `the label "${label}" with one value in all ${series} series`,
        expected: 'labels that tell series apart',
        remedy: 'Leave it out, or set it where the target is configured.',
      }
    }
  },
}

/** Enough to find it again, and no more: a report is read by others than those who may see the data. */
function masked(value: string): string {
  return `"${value.slice(0, 4)}…", ${value.length} characters`
}
