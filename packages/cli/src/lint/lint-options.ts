import type { ParseArgsConfig } from 'node:util'
import { CommandArguments } from '../command-arguments.js'
import { helpText } from '../command-help.js'
import { type ReportOptions, readReportOptions, reportFlags, reportUsage } from '../finding/index.js'
import { parseVersion, positiveDuration, type Version } from '../promql/index.js'
import { type DocumentKind, documentKinds } from './document-kind.js'
import { lintCheckIds } from './lint-checks.js'

/** What `telltale lint` was asked for. */
export interface LintOptions {
  readonly names: readonly string[]
  readonly as: DocumentKind | undefined
  readonly prometheus: Version
  readonly alertmanager: Version
  /** Seconds; undefined for that of the prometheus.yml among the files, or 15. */
  readonly scrapeInterval: number | undefined
  readonly headers: Readonly<Record<string, string>>
  /** Bytes. */
  readonly limit: number
  /** Seconds. */
  readonly timeout: number
  readonly report: ReportOptions
}

const command = new CommandArguments('lint')

const flags = {
  ...reportFlags,
  as: { type: 'string' },
  target: { type: 'string', default: '3.14' },
  'alertmanager-target': { type: 'string', default: '0.34' },
  'scrape-interval': { type: 'string' },
  header: { type: 'string', multiple: true, default: [] },
  'max-size': { type: 'string', default: '100' },
  timeout: { type: 'string', default: '10s' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options']

/** The help of `telltale lint`. */
export const lintUsage = helpText({
  usage: 'lint [FILE, FOLDER or ADDRESS]... [options]',
  about:
    'Reads metrics, rules, dashboards and configuration, and says what is wrong with each, where, and what to do.',
  details:
    'What a file is, is told from its content. Without names the current folder is looked at; - is standard input.',
  options: `  --as KIND                  ${documentKinds.join(', ')}: what the files are
  --target VERSION           the Prometheus that reads them (default ${flags.target.default})
  --alertmanager-target VERSION  the Alertmanager (default ${flags['alertmanager-target'].default})
  --scrape-interval TIME     for the ranges of rates (default: that of the prometheus.yml among the files, or 15s)
  --header "NAME: VALUE"     sent to addresses, such as "Authorization: Bearer …"
  --max-size MB              most that is read of a file or an address (default ${flags['max-size'].default})
  --timeout TIME             until an address is given up (default ${flags.timeout.default})
${reportUsage}
  -h, --help                 this text`,
  examples: `  telltale lint                                       everything in this folder
  telltale lint http://localhost:9090/metrics         what an application exposes
  curl -s localhost:9090/metrics | telltale lint -    the same
  telltale lint deploy/rules --target 2.42            rules, for a Prometheus of that version
  telltale lint http://localhost:9090/metrics grafana dashboards that use what is exposed
  telltale lint --format github --fail-on warning     in a workflow
  telltale lint --baseline lint.json                  only what is new`,
  exitCode: '0 nothing as bad as --fail-on, 1 something is, 2 wrong arguments, or nothing could be read',
})

/** Reads the arguments after `lint`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export function parseLint(args: readonly string[]): LintOptions | undefined {
  const { values, positionals } = command.parse({ args: [...args], options: flags, allowPositionals: true })
  if (values.help) return undefined
  const interval = values['scrape-interval']
  return {
    names: positionals.length === 0 ? ['.'] : positionals,
    as: values.as === undefined ? undefined : command.choice('as', values.as, documentKinds),
    prometheus: version('target', values.target),
    alertmanager: version('alertmanager-target', values['alertmanager-target']),
    scrapeInterval: interval === undefined ? undefined : seconds('scrape-interval', interval),
    headers: Object.fromEntries(values.header.map(header)),
    limit: command.number('max-size', values['max-size'], { from: 0.001, to: 2000, what: 'megabytes' }) * 1e6,
    timeout: seconds('timeout', values.timeout),
    report: readReportOptions(command, values, lintCheckIds),
  }
}

function version(flag: string, text: string): Version {
  return command.value(flag, text, parseVersion, 'a version such as 2.42')
}

function seconds(flag: string, text: string): number {
  return command.value(flag, text, positiveDuration, 'a duration such as 15s')
}

function header(text: string): readonly [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/.exec(text) ?? []
  if (name !== undefined && value !== undefined) return [name.toLowerCase(), value]
  throw command.fault('--header has no name and value; write it as "Authorization: Bearer …"')
}
