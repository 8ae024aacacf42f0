import { resolve } from 'node:path'
import type { ParseArgsConfig } from 'node:util'
import { durationSeconds } from 'telltale/monitoring'
import { CommandArguments } from '../command-arguments.js'
import { helpText } from '../command-help.js'
import { type PackOptions, packFlags, packUsage, readPackOptions } from '../made-files/index.js'

/** What `telltale rules` was asked for. Paths are absolute. */
export interface RulesOptions extends PackOptions {
  /** The rule file; printed when no file at all is named. */
  readonly out: string | undefined
  readonly docs: string | undefined
  readonly inhibit: string | undefined
  readonly slo: string | undefined
  readonly runbookUrl: string | undefined
  readonly grafanaUrl: string | undefined
  /** Seconds. */
  readonly retention: number | undefined
}

const command = new CommandArguments('rules')

const flags = {
  ...packFlags,
  out: { type: 'string', short: 'o' },
  docs: { type: 'string' },
  inhibit: { type: 'string' },
  slo: { type: 'string' },
  runbooks: { type: 'string' },
  grafana: { type: 'string' },
  retention: { type: 'string' },
} as const satisfies ParseArgsConfig['options']

/** The help of `telltale rules`. */
export const rulesUsage = helpText({
  usage: 'rules [options]',
  about: 'Writes recording and alerting rules for Prometheus from the catalogue of what is worth watching.',
  details: 'Without a file to write, the rules are printed. The same options give the same files.',
  options: `  -o, --out FILE         write the rules there
  --docs FILE            write the page with the runbook of every alert there
  --inhibit FILE         write the inhibit_rules for Alertmanager there
  --slo FILE             add the rules of these service-level objectives (YAML or JSON)
  --tune FILE            other thresholds, by the id of the signal (YAML or JSON):
                         http-error-ratio: { critical: 0.02, for: 10m, minimum: 1 }
  --job NAME             a scrape job of the application; may be repeated (default: every job)
${packUsage}
  --runbooks URL         where the page of --docs can be read (default docs/alerts.md,
                         in Korean docs/alerts.ko.md)
  --grafana URL          where Grafana is (default http://localhost:3001)
  --retention DURATION   for how long Prometheus keeps samples: warns of rules that look back further
  --check                write nothing; exit code 1 when a file is not what would be written
  -h, --help             this text`,
  examples: `  telltale rules --out rules.yml --job my-app --environment production
  telltale rules --out rules.yml --job my-app --docs alerts.md --runbooks https://wiki.example.org/alerts
  telltale rules --out rules.yml --job my-app --slo objectives.yml --retention 30d
  telltale rules --out rules.yml --job my-app --check      in CI: fails when the file is out of date`,
  exitCode: '0 done, 1 something failed, or --check found a file out of date, 2 wrong arguments',
})

/** Reads the arguments after `rules`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export function parseRules(args: readonly string[], directory: string): RulesOptions | undefined {
  const values = command.parse({ args: [...args], options: flags, allowPositionals: false }).values
  if (values.help) return undefined
  const path = (file: string | undefined) => (file === undefined ? undefined : resolve(directory, file))
  const options: RulesOptions = {
    ...readPackOptions(command, values, args, directory),
    out: path(values.out),
    docs: path(values.docs),
    inhibit: path(values.inhibit),
    slo: path(values.slo),
    runbookUrl: values.runbooks,
    grafanaUrl: values.grafana,
    retention:
      values.retention === undefined
        ? undefined
        : command.value(
            'retention',
            values.retention,
            (text) => durationSeconds(text) || undefined,
            'a duration as Prometheus writes it, such as 15d',
          ),
  }
  if (options.check && [options.out, options.docs, options.inhibit].every((file) => file === undefined)) {
    throw command.fault('--check has nothing to compare; name the files with --out, --docs or --inhibit')
  }
  return options
}
