import type { ParseArgsConfig } from 'node:util'
import type { CommandArguments } from '../command-arguments.js'
import type { Language } from '../language.js'
import { type ReportFormat, reportFormats } from './formats.js'
import { Selection } from './selection.js'
import { type FailOn, severities } from './severity.js'

/** What a user may say about the findings of any command. */
export interface ReportOptions {
  readonly format: ReportFormat
  readonly language: Language
  readonly failOn: FailOn
  readonly selection: Selection
  /** A file that takes the report instead of the terminal. */
  readonly output: string | undefined
  readonly baseline: string | undefined
  readonly updateBaseline: boolean
}

/** The options for `parseArgs`. */
export const reportFlags = {
  format: { type: 'string', default: 'text' },
  json: { type: 'boolean', default: false },
  output: { type: 'string', short: 'o' },
  language: { type: 'string' },
  'fail-on': { type: 'string', default: 'error' },
  only: { type: 'string', multiple: true, default: [] },
  skip: { type: 'string', multiple: true, default: [] },
  baseline: { type: 'string' },
  'update-baseline': { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options']

/** What `parseArgs` makes of {@link reportFlags}. */
export interface ReportFlagValues {
  readonly format: string
  readonly json: boolean
  readonly output?: string | undefined
  readonly language?: string | undefined
  readonly 'fail-on': string
  readonly only: readonly string[]
  readonly skip: readonly string[]
  readonly baseline?: string | undefined
  readonly 'update-baseline': boolean
}

/** Their part of a command's help. */
export const reportUsage = `  --format FORMAT            text, json, junit, sarif or github (default text)
  --json                     the same as --format json
  -o, --output FILE          write the report to a file and show its last lines here
  --language LANGUAGE        en or ko (default: that of the environment)
  --fail-on SEVERITY         error, warning, info or never: from where on the exit code is 1 (default error)
  --only ID, --skip ID       checks by id or area, as rules/no-comparison or rules; again or with commas for more
  --baseline FILE            leave out what this file knows
  --update-baseline          write what was found to the file of --baseline`

/** Reads them; `ids` are the checks that there are. Throws TELLTALE_USAGE. */
export function readReportOptions(
  command: CommandArguments,
  values: ReportFlagValues,
  ids: readonly string[],
): ReportOptions {
  if (values['update-baseline'] && values.baseline === undefined) {
    throw command.fault('--update-baseline needs the file: give it as --baseline FILE')
  }
  return {
    format: values.json ? 'json' : command.choice('format', values.format, keysOf(reportFormats)),
    language: command.language(values.language),
    failOn: command.choice('fail-on', values['fail-on'], [...severities, 'never'] as const),
    selection: new Selection(list(values.only), list(values.skip), ids),
    output: values.output,
    baseline: values.baseline,
    updateBaseline: values['update-baseline'],
  }
}

function keysOf(formats: typeof reportFormats): readonly ReportFormat[] {
  // Object.keys forgets the names that the table's type has.
  return Object.keys(formats) as ReportFormat[]
}

function list(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => value.split(',')).filter((value) => value !== '')
}
