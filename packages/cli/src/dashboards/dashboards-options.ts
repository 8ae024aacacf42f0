import { resolve } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { getMetricsConfig } from 'telltale'
import type { Language, PrometheusTarget } from 'telltale/monitoring'
import { StackError } from '../stack/stack-error.js'

/** What `telltale dashboards` was asked for. Paths are absolute. */
export interface DashboardsOptions {
  /** Gets `dashboards/` and `provisioning/`. */
  readonly folder: string | undefined
  /** The file with ConfigMaps. */
  readonly kubernetes: string | undefined
  readonly namespace: string | undefined
  readonly tune: string | undefined
  readonly language: Language
  readonly target: PrometheusTarget
  readonly jobs: readonly string[]
  /** Of runtime metrics; `undefined` for all that the guide has. */
  readonly prefixes: readonly string[] | undefined
  readonly prometheusUrl: string
  /** The shortest scrape interval, as Prometheus writes it. */
  readonly interval: string
  /** Where Grafana sees the folder of the dashboards. */
  readonly mounted: string
  readonly check: boolean
  /** The arguments that make the same files again. */
  readonly again: readonly string[]
}

const flags = {
  folder: { type: 'string', short: 'o' },
  kubernetes: { type: 'string' },
  namespace: { type: 'string' },
  tune: { type: 'string' },
  language: { type: 'string', default: 'en' },
  target: { type: 'string', default: '2.42' },
  job: { type: 'string', multiple: true, default: [] },
  prefix: { type: 'string', multiple: true },
  environment: { type: 'string' },
  prometheus: { type: 'string', default: 'http://localhost:9091' },
  interval: { type: 'string', default: '5s' },
  mounted: { type: 'string', default: '/var/lib/grafana/dashboards' },
  check: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options']

/** The help of `telltale dashboards`. */
export const dashboardsUsage = `Usage: telltale dashboards [options]

Writes eight Grafana dashboards and what provisions them, from the catalogue of what is worth watching. Their
thresholds are those of the alerts that telltale rules writes; load those rules too. The same options give the
same files.

  -o, --folder DIR       write DIR/dashboards/*.json and DIR/provisioning/ (default grafana)
  --kubernetes FILE      write the dashboards as ConfigMaps, for the sidecar of Grafana's Helm chart
  --namespace NAME       of the ConfigMaps
  --job NAME             a scrape job that is chosen when a dashboard opens; may be repeated (default: all)
  --tune FILE            other thresholds, the file that telltale rules has
  --environment NAME     development, staging or production: the prefix of its runtime metrics
  --prefix TEXT          another prefix of runtime metrics, '' for none; may be repeated
                         (default: none, and those of all environments)
  --language en|ko       language of the texts (default en)
  --target 2.42|3.x      version of Prometheus (default 2.42)
  --prometheus URL       where Grafana finds Prometheus (default http://localhost:9091)
  --interval DURATION    the shortest scrape interval (default 5s)
  --mounted DIR          where Grafana sees DIR/dashboards (default /var/lib/grafana/dashboards)
  --check                write nothing; exit code 1 when a file is not what would be written
  -h, --help             this text
`

/** Reads the arguments after `dashboards`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export function parseDashboards(args: readonly string[], directory: string): DashboardsOptions | undefined {
  const values = readFlags(args)
  if (values.help) return undefined
  const path = (file: string | undefined) => (file === undefined ? undefined : resolve(directory, file))
  if (values.namespace !== undefined && values.kubernetes === undefined) {
    throw usage('--namespace is of ConfigMaps; name their file with --kubernetes')
  }
  return {
    folder: path(values.folder ?? (values.kubernetes === undefined ? 'grafana' : undefined)),
    kubernetes: path(values.kubernetes),
    namespace: values.namespace,
    tune: path(values.tune),
    language: choice('language', values.language, ['en', 'ko']),
    target: choice('target', values.target, ['2.42', '3.x']),
    jobs: values.job,
    prefixes: prefixes(values.environment, values.prefix),
    prometheusUrl: address(values.prometheus),
    interval: interval(values.interval),
    mounted: values.mounted,
    check: values.check,
    again: args.filter((arg) => arg !== '--check'),
  }
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error))
  }
}

function choice<T extends string>(flag: string, text: string, known: readonly T[]): T {
  const found = known.find((value) => value === text)
  if (found !== undefined) return found
  throw usage(`--${flag} is "${text}"; give ${known.join(' or ')}`)
}

function interval(text: string): string {
  if (/^[1-9]\d*(ms|s|m|h)$/.test(text)) return text
  throw usage(`--interval is "${text}", which is no duration; write it as Prometheus does, such as 15s`)
}

function address(text: string): string {
  if (/^https?:\/\/./.test(text) && URL.canParse(text)) return text
  throw usage(`--prometheus is "${text}", which is no address; write it as http://localhost:9091`)
}

const environments = ['development', 'staging', 'production'] as const

function prefixes(
  environment: string | undefined,
  given: readonly string[] | undefined,
): readonly string[] | undefined {
  if (environment === undefined) return given
  const { prefix } = getMetricsConfig(choice('environment', environment, environments)).default
  return [prefix, ...(given ?? [])]
}

function usage(message: string): StackError {
  return new StackError('TELLTALE_USAGE', `${message}\nSee telltale dashboards --help.`)
}
