import { exporters, type LintRule, naming } from './rule.js'

const CAMEL_CASE = /[a-z][A-Z]/
const typeWords = ['counter', 'gauge', 'histogram', 'summary', 'gauge_histogram'] as const

export const helpMissing: LintRule = {
  id: 'help-missing',
  severity: 'warning',
  reference: `${exporters}#help-strings`,
  *check({ help }) {
    if (help !== undefined && help.trim() !== '') return
    yield {
      got: 'no help',
      expected: 'a sentence',
      remedy: 'Say what is measured, in which unit, and when it changes.',
    }
  },
}

export const helpRepeatsName: LintRule = {
  id: 'help-repeats-name',
  severity: 'warning',
  reference: `${exporters}#help-strings`,
  *check({ name, help }) {
    if (help === undefined || help.trim() === '' || letters(help) !== letters(name)) return
    yield {
      got: 'a help that only repeats the name',
      expected: 'a sentence that says more',
      remedy: 'Say what is measured, in which unit, and when it changes.',
    }
  },
}

export const counterTotal: LintRule = {
  id: 'counter-total',
  severity: 'warning',
  reference: `${naming}#metric-names`,
  *check({ name, type }) {
    if (type === 'unknown') return
    const total = name.endsWith('_total')
    if (type === 'counter' && !total) {
      yield {
        got: 'a counter without "_total"',
        expected: `${name}_total`,
        remedy: 'Add the suffix, so that a reader of a query knows to use rate().',
      }
    } else if (type !== 'counter' && total) {
      yield {
        got: `"_total" on a ${type}`,
        expected: name.slice(0, -'_total'.length),
        remedy: 'Take the suffix away, or make it a counter if it never falls.',
      }
    }
  },
}

const reservedSuffixes: readonly (readonly [suffix: string, owner: string, owns: readonly string[]])[] = [
  ['_bucket', 'histograms', ['histogram', 'gaugehistogram']],
  ['_count', 'histograms and summaries', ['histogram', 'gaugehistogram', 'summary']],
  ['_sum', 'histograms and summaries', ['histogram', 'gaugehistogram', 'summary']],
]

export const reservedName: LintRule = {
  id: 'reserved-name',
  severity: 'warning',
  reference: `${naming}#metric-names`,
  *check({ name, type, labels, isHistogram }) {
    if (type === 'unknown') return
    for (const [suffix, owner, owns] of reservedSuffixes) {
      if (!name.endsWith(suffix) || owns.includes(type)) continue
      const remedy = 'Rename it: it would be read as a part of another metric.'
      yield { got: `the suffix "${suffix}" on a ${type}`, expected: `it on ${owner} only`, remedy }
    }
    const remedy = 'Rename the label.'
    if (!isHistogram && labels.has('le')) {
      yield { got: `the label "le" on a ${type}`, expected: 'it on buckets only', remedy }
    }
    if (type !== 'summary' && labels.has('quantile')) {
      yield { got: `the label "quantile" on a ${type}`, expected: 'it on summaries only', remedy }
    }
  },
}

export const typeInName: LintRule = {
  id: 'type-in-name',
  severity: 'warning',
  reference: `${naming}#metric-names`,
  *check({ name, type }) {
    if (type === 'unknown') return
    const parts = `${name.toLowerCase()}_`
    for (const word of typeWords) {
      if (!parts.includes(`_${word}_`)) continue
      const remedy = 'Name what is measured; the type is in the metadata.'
      yield { got: `"${word}" in the name`, expected: 'a name without its type', remedy }
    }
  },
}

export const colonInName: LintRule = {
  id: 'colon-in-name',
  severity: 'warning',
  reference: `${naming}#metric-names`,
  *check({ name }) {
    if (!name.includes(':')) return
    yield {
      got: '":" in the name',
      expected: 'colons in recording rules only',
      remedy: 'Put "_" in its place.',
    }
  },
}

export const camelCase: LintRule = {
  id: 'camel-case',
  severity: 'warning',
  reference: `${naming}#metric-names`,
  *check({ name, labels }) {
    const remedy = 'Rename it, in lower case with "_" between the words.'
    if (CAMEL_CASE.test(name)) yield { got: 'a name in camelCase', expected: snakeCase(name), remedy }
    for (const label of labels.keys()) {
      if (!CAMEL_CASE.test(label)) continue
      yield { got: `the label "${label}"`, expected: `"${snakeCase(label)}"`, remedy }
    }
  },
}

export const nameCaseClash: LintRule = {
  id: 'name-case-clash',
  severity: 'warning',
  reference: `${naming}#metric-names`,
  *check({ name }, context) {
    const [other] = context.sameButCase(name)
    if (other === undefined) return
    yield {
      got: `a name that is "${other}" but for its case`,
      expected: 'names that nobody confuses',
      remedy: 'Rename one of them, or make them one metric.',
    }
  },
}

function snakeCase(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
