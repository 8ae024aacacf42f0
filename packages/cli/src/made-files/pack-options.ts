import { resolve } from 'node:path'
import type { ParseArgsConfig } from 'node:util'
import { getMetricsConfig } from 'telltale'
import type { Language, PrometheusTarget } from 'telltale/monitoring'
import type { CommandArguments } from '../command-arguments.js'

/** What may be said about anything that is made from the catalogue. Paths are absolute. */
export interface PackOptions {
  /** A file with other thresholds. */
  readonly tune: string | undefined
  readonly language: Language
  readonly target: PrometheusTarget
  readonly jobs: readonly string[]
  /** Of runtime metrics; `undefined` for all that the guide has. */
  readonly prefixes: readonly string[] | undefined
  readonly check: boolean
  /** The arguments that make the same files again. */
  readonly again: readonly string[]
}

/** The options for `parseArgs`. */
export const packFlags = {
  tune: { type: 'string' },
  language: { type: 'string', default: 'en' },
  target: { type: 'string', default: '2.42' },
  job: { type: 'string', multiple: true, default: [] },
  prefix: { type: 'string', multiple: true },
  environment: { type: 'string' },
  check: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options']

/** What `parseArgs` makes of {@link packFlags}. */
export interface PackFlagValues {
  readonly tune?: string | undefined
  readonly language: string
  readonly target: string
  readonly job: readonly string[]
  readonly prefix?: readonly string[] | undefined
  readonly environment?: string | undefined
  readonly check: boolean
}

/** The lines of the help that are the same for all. */
export const packUsage = `  --environment NAME     development, staging or production: the prefix of its runtime metrics
  --prefix TEXT          another prefix of runtime metrics, '' for none; may be repeated
                         (default: none, and those of all environments)
  --language en|ko       language of the texts (default en)
  --target 2.42|3.x      version of Prometheus (default 2.42)`

/** Reads them from what `args` were parsed to. Throws TELLTALE_USAGE. */
export function readPackOptions(
  command: CommandArguments,
  values: PackFlagValues,
  args: readonly string[],
  directory: string,
): PackOptions {
  return {
    tune: values.tune === undefined ? undefined : resolve(directory, values.tune),
    language: command.choice('language', values.language, ['en', 'ko']),
    target: command.choice('target', values.target, ['2.42', '3.x']),
    jobs: values.job,
    prefixes: prefixesOf(command, values),
    check: values.check,
    again: args.filter((arg) => arg !== '--check'),
  }
}

const environments = ['development', 'staging', 'production'] as const

function prefixesOf(
  command: CommandArguments,
  { environment, prefix: given }: PackFlagValues,
): readonly string[] | undefined {
  const wrong = given?.find((prefix) => !/^(?:[A-Za-z_:][\w:]*)?$/.test(prefix))
  if (wrong !== undefined)
    throw command.fault(`--prefix is "${wrong}"; give what a name may begin with: letters, digits and _`)
  if (environment === undefined) return given
  const { prefix } = getMetricsConfig(command.choice('environment', environment, environments)).default
  return [prefix, ...(given ?? [])]
}
