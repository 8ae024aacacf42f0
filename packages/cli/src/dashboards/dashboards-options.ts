import { resolve } from 'node:path'
import type { ParseArgsConfig } from 'node:util'
import { CommandArguments } from '../command-arguments.js'
import { helpText } from '../command-help.js'
import { addressOf } from '../http/index.js'
import { type PackOptions, packFlags, packUsage, readPackOptions } from '../made-files/index.js'

/** What `telltale dashboards` was asked for. Paths are absolute. */
export interface DashboardsOptions extends PackOptions {
  /** Gets `dashboards/` and `provisioning/`. */
  readonly folder: string | undefined
  /** The file with ConfigMaps. */
  readonly kubernetes: string | undefined
  readonly namespace: string | undefined
  readonly prometheusUrl: string
  /** The shortest scrape interval, as Prometheus writes it. */
  readonly interval: string
  /** Where Grafana sees the folder of the dashboards. */
  readonly mounted: string
}

const command = new CommandArguments('dashboards')

const flags = {
  ...packFlags,
  folder: { type: 'string', short: 'o' },
  kubernetes: { type: 'string' },
  namespace: { type: 'string' },
  prometheus: { type: 'string', default: 'http://localhost:9091' },
  interval: { type: 'string', default: '5s' },
  mounted: { type: 'string', default: '/var/lib/grafana/dashboards' },
} as const satisfies ParseArgsConfig['options']

/** The help of `telltale dashboards`. */
export const dashboardsUsage = helpText({
  usage: 'dashboards [options]',
  about:
    'Writes eight Grafana dashboards and what provisions them, from the catalogue of what is worth watching.',
  details: `Their thresholds are those of the alerts that telltale rules writes; load those rules too. The same options give the
same files.`,
  options: `  -o, --folder DIR       write DIR/dashboards/*.json and DIR/provisioning/ (default grafana)
  --kubernetes FILE      write the dashboards as ConfigMaps, for the sidecar of Grafana's Helm chart
  --namespace NAME       of the ConfigMaps
  --job NAME             a scrape job that is chosen when a dashboard opens; may be repeated (default: all)
  --tune FILE            other thresholds, the file that telltale rules has
${packUsage}
  --prometheus URL       where Grafana finds Prometheus (default http://localhost:9091)
  --interval DURATION    the shortest scrape interval (default 5s)
  --mounted DIR          where Grafana sees DIR/dashboards (default /var/lib/grafana/dashboards)
  --check                write nothing; exit code 1 when a file is not what would be written
  -h, --help             this text`,
  examples: `  telltale dashboards --job my-app --environment production
  telltale dashboards --folder deploy/grafana --prometheus http://prometheus:9090
  telltale dashboards --job my-app --check                 in CI: fails when a file is out of date`,
  exitCode: '0 done, 1 something failed, or --check found a file out of date, 2 wrong arguments',
})

/** Reads the arguments after `dashboards`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export function parseDashboards(args: readonly string[], directory: string): DashboardsOptions | undefined {
  const values = command.parse({ args: [...args], options: flags, allowPositionals: false }).values
  if (values.help) return undefined
  const path = (file: string | undefined) => (file === undefined ? undefined : resolve(directory, file))
  if (values.namespace !== undefined && values.kubernetes === undefined) {
    throw command.fault('--namespace is of ConfigMaps; name their file with --kubernetes')
  }
  return {
    ...readPackOptions(command, values, args, directory),
    folder: path(values.folder ?? (values.kubernetes === undefined ? 'grafana' : undefined)),
    kubernetes: path(values.kubernetes),
    namespace: values.namespace,
    prometheusUrl: command.value(
      'prometheus',
      values.prometheus,
      addressOf,
      'an address such as http://localhost:9091',
    ),
    interval: command.value(
      'interval',
      values.interval,
      interval,
      'a duration as Prometheus writes it, such as 15s',
    ),
    mounted: values.mounted,
  }
}

/** Grafana takes one unit only. */
function interval(text: string): string | undefined {
  return /^[1-9]\d*(ms|s|m|h)$/.test(text) ? text : undefined
}
