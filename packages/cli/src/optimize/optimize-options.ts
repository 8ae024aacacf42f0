import type { ParseArgsConfig } from 'node:util'
import { CommandArguments } from '../command-arguments.js'
import { helpText } from '../command-help.js'
import { addressOf } from '../http/index.js'
import type { Language } from '../language.js'
import { bytesOf } from '../plan/size-text.js'
import { type AdviceArea, adviceAreas } from './advice/advice.js'

export interface OptimizeOptions {
  readonly prometheus: string
  /** Files and folders. */
  readonly dashboards: readonly string[]
  readonly noDashboards: boolean
  readonly grafana: string | undefined
  readonly queryLog: string | undefined
  /** Names and regular expressions of what stays. */
  readonly keep: readonly string[]
  readonly ignoreRemoteWrite: boolean
  /** Thresholds in the unit of the histogram, by its name. */
  readonly promised: ReadonlyMap<string, readonly number[]>
  /** Bytes. */
  readonly disk: number | undefined
  readonly areas: ReadonlySet<AdviceArea>
  /** The prometheus.yml that may be changed. */
  readonly config: string | undefined
  readonly apply: boolean
  readonly json: boolean
  /** For all questions together. */
  readonly seconds: number
  readonly credentials: string | undefined
  readonly language: Language
}

const command = new CommandArguments('optimize')

const flags = {
  prometheus: { type: 'string' },
  dashboards: { type: 'string', multiple: true, default: [] },
  'no-dashboards': { type: 'boolean', default: false },
  grafana: { type: 'string' },
  'query-log': { type: 'string' },
  keep: { type: 'string', multiple: true, default: [] },
  'keep-list': { type: 'string' },
  'ignore-remote-write': { type: 'boolean', default: false },
  slo: { type: 'string', multiple: true, default: [] },
  disk: { type: 'string' },
  only: { type: 'string', multiple: true, default: [] },
  skip: { type: 'string', multiple: true, default: [] },
  config: { type: 'string' },
  apply: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  seconds: { type: 'string', default: '20' },
  credentials: { type: 'string' },
  language: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options']

export const optimizeUsage = helpText({
  usage: 'optimize [ADDRESS] [options]',
  about: 'Looks at what a Prometheus stores and who uses it, and says what can be left out.',
  details: `Each advice has what was measured, what it saves and the change to make. Nothing is changed without --apply.
ADDRESS is that of Prometheus (default http://localhost:9091).`,
  options: ` Who uses the metrics, besides the rules that are loaded:
  --dashboards PATH        a dashboard of Grafana as JSON, or a folder of them; again for more
  --grafana URL            reads the dashboards of a Grafana; its token is taken from GRAFANA_TOKEN
  --query-log FILE         the server's query log (query_log_file): everything that was asked
  --keep NAME              a metric, or a regular expression, that stays; again for more
  --keep-list FILE         the same, one a line
  --no-dashboards          there are none
  --ignore-remote-write    nobody uses the metrics where remote_write sends them

 What else it should know:
  --slo METRIC=NUMBER      a threshold of a histogram, in its unit: http_request_duration_seconds=0.3
  --disk SIZE              of the server's disk, such as 100GB
  --only AREA              of ${adviceAreas.join(', ')}
  --skip AREA

 What it does:
  --config FILE            the prometheus.yml that the server runs with: shows the change as a diff
  --apply                  writes that change, where nothing that is used can be lost; the old file is kept
  --json                   everything as JSON
  --seconds N              after which nothing more is asked (default 20)
  --language LANGUAGE      en or ko (default: that of the environment)
  --credentials FILE       logins of Prometheus and Grafana (YAML, as telltale doctor reads it);
                           or PROMETHEUS_TOKEN, or PROMETHEUS_USERNAME and PROMETHEUS_PASSWORD
  -h, --help               this text`,
  examples: `  telltale optimize localhost:9091 --dashboards grafana/dashboards
  telltale optimize localhost:9091 --dashboards grafana --config prometheus.yml --apply`,
})

/** Reads the arguments after `optimize`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export function parseOptimize(args: readonly string[]): OptimizeOptions | undefined {
  const { values, positionals } = command.parse({ args: [...args], options: flags, allowPositionals: true })
  if (values.help) return undefined
  const address = command.atMostOne(positionals, 'addresses')
  if (values.apply && values.config === undefined) {
    throw command.fault('--apply needs --config FILE: the prometheus.yml that the server runs with')
  }
  return {
    prometheus: server('prometheus', address ?? values.prometheus ?? 'http://localhost:9091'),
    dashboards: values.dashboards,
    noDashboards: values['no-dashboards'],
    grafana: values.grafana === undefined ? undefined : server('grafana', values.grafana),
    queryLog: values['query-log'],
    keep: [...values.keep, ...linesOf(values['keep-list'])],
    ignoreRemoteWrite: values['ignore-remote-write'],
    promised: thresholdsOf(values.slo),
    disk:
      values.disk === undefined
        ? undefined
        : command.value('disk', values.disk, (text) => bytesOf(text) || undefined, 'a size such as 100GB'),
    areas: areasOf(values.only, values.skip),
    config: values.config,
    apply: values.apply,
    json: values.json,
    seconds: command.number('seconds', values.seconds, { from: 1, to: 3_600 }),
    credentials: values.credentials,
    language: command.language(values.language),
  }
}

function server(flag: string, text: string): string {
  return command.value(flag, text, addressOf, 'an address such as http://localhost:9091').replace(/\/+$/, '')
}

function linesOf(file: string | undefined): readonly string[] {
  if (file === undefined) return []
  const lines = command.file('keep-list', file, 'give a file with one name a line').split('\n')
  return lines.map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '')
}

function thresholdsOf(texts: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (const text of texts) {
    const [, name, number] = /^([A-Za-z_:][\w:]*)=([\d.]+(?:e-?\d+)?)$/i.exec(text) ?? []
    if (name === undefined)
      throw command.fault(`--slo is "${text}"; give METRIC=NUMBER, as http_request_duration_seconds=0.3`)
    found.set(name, [...(found.get(name) ?? []), Number(number)])
  }
  return found
}

function areasOf(only: readonly string[], skip: readonly string[]): ReadonlySet<AdviceArea> {
  const split = (flag: string, texts: readonly string[]) =>
    texts.flatMap((text) => text.split(',')).map((text) => command.choice(flag, text.trim(), adviceAreas))
  const left = new Set(split('skip', skip))
  return new Set((only.length === 0 ? adviceAreas : split('only', only)).filter((area) => !left.has(area)))
}
