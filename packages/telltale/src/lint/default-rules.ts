import {
  constantLabel,
  highCardinality,
  idLikeLabelValue,
  reservedLabel,
  targetLabel,
} from './label-rules.js'
import {
  camelCase,
  colonInName,
  counterTotal,
  helpMissing,
  helpRepeatsName,
  nameCaseClash,
  reservedName,
  typeInName,
} from './name-rules.js'
import type { LintRule } from './rule.js'
import { boundForm, bucketCounts, duplicateSeries, oneBucket } from './sample-rules.js'
import { abbreviatedUnit, baseUnit, unitSuffix } from './unit-rules.js'

/** The rules of Prometheus' own linter, promlint. */
export const promlintRules: readonly LintRule[] = [
  helpMissing,
  baseUnit,
  counterTotal,
  reservedName,
  typeInName,
  colonInName,
  camelCase,
  abbreviatedUnit,
  duplicateSeries,
]

/** Every built-in rule, in the order in which findings of one metric come. */
export const defaultRules: readonly LintRule[] = [
  ...promlintRules,
  helpRepeatsName,
  nameCaseClash,
  unitSuffix,
  bucketCounts,
  boundForm,
  oneBucket,
  reservedLabel,
  targetLabel,
  idLikeLabelValue,
  highCardinality,
  constantLabel,
]
