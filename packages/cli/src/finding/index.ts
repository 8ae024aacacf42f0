export { type Language, type Localised, languageOf, languages } from '../language.js'
export {
  type Catalogue,
  type CheckDefinition,
  CheckSet,
  type FindingOptions,
  type Value,
  type Values,
} from './check-set.js'
export { deliver } from './deliver.js'
export type { Finding, FindingText } from './finding.js'
export { fingerprints } from './fingerprint.js'
export { type ReportFormat, reportFormats } from './formats.js'
export { at, atUrl, inFile, type Place, placeText, type Spot, spotIn } from './place.js'
export { createReport, findingKey, type Missed, type Report, type ReportParts } from './report.js'
export {
  type ReportFlagValues,
  type ReportOptions,
  readReportOptions,
  reportFlags,
  reportUsage,
} from './report-options.js'
export { fits, Selection } from './selection.js'
export { type FailOn, fails, type Severity, severities } from './severity.js'
