export { type LintFinding, type LintOptions, lintExposition, lintRegistry } from '../lint/lint.js'
export type { LabelUse, LintedFamily } from '../lint/linted-family.js'
export type { LintContext, LintFault, LintLimits, LintRule, LintSeverity } from '../lint/rule.js'
export { ExpositionError, type ExpositionFault } from '../parse/exposition-error.js'
export type {
  ExpositionType,
  ParsedExemplar,
  ParsedExposition,
  ParsedFamily,
  ParsedFormat,
  ParsedLabels,
  ParsedNative,
  ParsedSample,
} from '../parse/exposition-model.js'
export { type ParseOptions, parseExposition } from '../parse/parse-exposition.js'
export { type Gatherer, readRegistry } from '../parse/registry-reader.js'
export { assertExposition, assertLint, assertNoSample, assertSample } from './assertions.js'
export type { GoldenOptions } from './golden-text.js'
export { ManualClock } from './manual-clock.js'
export { type Mark, mark } from './mark.js'
export { type TelltaleMatchers, telltaleMatchers } from './matchers.js'
export type { MetricsSource, PromClientRegistry } from './metrics-source.js'
export { type SampleValue, sampleOf } from './sample-check.js'
export type { SampleLabels } from './sample-text.js'
export {
  createTestRegistry,
  type RegistryWarning,
  TestRegistry,
  type TestRegistryOptions,
} from './test-registry.js'
export type { Verdict } from './verdict.js'
