import { resolve } from 'node:path'
import type { ParseArgsConfig } from 'node:util'
import { getMetricsConfig } from 'telltale'
import { durationSeconds, type Language, type PrometheusTarget } from 'telltale/monitoring'
import { CommandArguments } from '../command-arguments.js'

/** What `telltale rules` was asked for. Paths are absolute. */
export interface RulesOptions {
  /** The rule file; printed when no file at all is named. */
  readonly out: string | undefined
  readonly docs: string | undefined
  readonly inhibit: string | undefined
  readonly slo: string | undefined
  readonly tune: string | undefined
  readonly language: Language
  readonly target: PrometheusTarget
  readonly jobs: readonly string[]
  /** Of runtime metrics; `undefined` for all that the guide has. */
  readonly prefixes: readonly string[] | undefined
  readonly runbookUrl: string | undefined
  readonly grafanaUrl: string | undefined
  /** Seconds. */
  readonly retention: number | undefined
  readonly check: boolean
  /** The arguments that make the same files again. */
  readonly again: readonly string[]
}

const command = new CommandArguments('rules')

const flags = {
  out: { type: 'string', short: 'o' },
  docs: { type: 'string' },
  inhibit: { type: 'string' },
  slo: { type: 'string' },
  tune: { type: 'string' },
  language: { type: 'string', default: 'en' },
  target: { type: 'string', default: '2.42' },
  job: { type: 'string', multiple: true, default: [] },
  prefix: { type: 'string', multiple: true },
  environment: { type: 'string' },
  runbooks: { type: 'string' },
  grafana: { type: 'string' },
  retention: { type: 'string' },
  check: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options']

/** The help of `telltale rules`. */
export const rulesUsage = `Usage: telltale rules [options]

Writes recording and alerting rules for Prometheus from the catalogue of what is worth watching. Without a file to
write, the rules are printed. The same options give the same files.

  -o, --out FILE         write the rules there
  --docs FILE            write the page with the runbook of every alert there
  --inhibit FILE         write the inhibit_rules for Alertmanager there
  --slo FILE             add the rules of these service-level objectives (YAML or JSON)
  --tune FILE            other thresholds, by the id of the signal (YAML or JSON):
                         http-error-ratio: { critical: 0.02, for: 10m, minimum: 1 }
  --job NAME             a scrape job of the application; may be repeated (default: every job)
  --environment NAME     development, staging or production: the prefix of its runtime metrics
  --prefix TEXT          another prefix of runtime metrics, '' for none; may be repeated
                         (default: none, and those of all environments)
  --language en|ko       language of the texts (default en)
  --target 2.42|3.x      version of Prometheus (default 2.42)
  --runbooks URL         where the page of --docs can be read (default docs/alerts.md,
                         in Korean docs/alerts.ko.md)
  --grafana URL          where Grafana is (default http://localhost:3001)
  --retention DURATION   for how long Prometheus keeps samples: warns of rules that look back further
  --check                write nothing; exit code 1 when a file is not what would be written
  -h, --help             this text
`

/** Reads the arguments after `rules`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export function parseRules(args: readonly string[], directory: string): RulesOptions | undefined {
  const values = command.parse({ args: [...args], options: flags, allowPositionals: false }).values
  if (values.help) return undefined
  const path = (file: string | undefined) => (file === undefined ? undefined : resolve(directory, file))
  const options: RulesOptions = {
    out: path(values.out),
    docs: path(values.docs),
    inhibit: path(values.inhibit),
    slo: path(values.slo),
    tune: path(values.tune),
    language: command.choice('language', values.language, ['en', 'ko']),
    target: command.choice('target', values.target, ['2.42', '3.x']),
    jobs: values.job,
    prefixes: prefixes(values.environment, values.prefix),
    runbookUrl: values.runbooks,
    grafanaUrl: values.grafana,
    retention: values.retention === undefined ? undefined : duration('retention', values.retention),
    check: values.check,
    again: args.filter((arg) => arg !== '--check'),
  }
  if (options.check && [options.out, options.docs, options.inhibit].every((file) => file === undefined)) {
    throw command.fault('--check has nothing to compare; name the files with --out, --docs or --inhibit')
  }
  return options
}

function duration(flag: string, text: string): number {
  const seconds = durationSeconds(text)
  if (seconds !== undefined && seconds > 0) return seconds
  throw command.fault(
    `--${flag} is "${text}", which is no duration; write it as Prometheus does, such as 15d`,
  )
}

const environments = ['development', 'staging', 'production'] as const

function prefixes(
  environment: string | undefined,
  given: readonly string[] | undefined,
): readonly string[] | undefined {
  if (environment === undefined) return given
  const { prefix } = getMetricsConfig(command.choice('environment', environment, environments)).default
  return [prefix, ...(given ?? [])]
}
