import type { ParseArgsConfig } from 'node:util'
import { CommandArguments } from '../command-arguments.js'
import { type ReportOptions, readReportOptions, reportFlags } from '../finding/index.js'
import { addressOf } from '../http/index.js'
import { itemsOf } from './all-ids.js'
import { checklist } from './checklist.js'
import type { SetupAddresses } from './open-setup.js'
import { readCredentials } from './probe/credentials.js'

/** What `telltale doctor` was asked for. */
export interface DoctorOptions {
  readonly addresses: SetupAddresses
  readonly report: ReportOptions
  /** Whether the table of signals is shown. */
  readonly coverage: boolean
}

const command = new CommandArguments('doctor')

const flags = {
  prometheus: { type: 'string' },
  alertmanager: { type: 'string' },
  grafana: { type: 'string' },
  metrics: { type: 'string' },
  config: { type: 'string' },
  'alertmanager-config': { type: 'string' },
  dashboards: { type: 'string', multiple: true },
  credentials: { type: 'string' },
  offline: { type: 'boolean', default: false },
  timeout: { type: 'string', default: '5' },
  'no-coverage': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  ...reportFlags,
} as const satisfies ParseArgsConfig['options']

/** The addresses that the guide and `telltale start` give them. */
const usual = { prometheus: 'http://localhost:9091', metrics: 'http://localhost:9090/metrics' } as const

/** Reads the arguments after `doctor`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export async function parseDoctor(
  args: readonly string[],
  ids: readonly string[],
  env: NodeJS.ProcessEnv,
  directory: string,
): Promise<DoctorOptions | undefined> {
  const values = command.parse({ args: [...args], options: flags, allowPositionals: false }).values
  if (values.help) return undefined
  const { offline } = values
  if (offline && (values.prometheus ?? values.alertmanager ?? values.grafana) !== undefined)
    throw command.fault('--offline asks no server; leave it out, or leave out the addresses of the servers')
  return {
    addresses: {
      prometheus: offline
        ? undefined
        : address('prometheus', values.prometheus ?? (env.PROMETHEUS_URL || usual.prometheus)),
      alertmanager: offline
        ? undefined
        : address('alertmanager', values.alertmanager ?? env.ALERTMANAGER_URL),
      grafana: offline ? undefined : address('grafana', values.grafana ?? env.GRAFANA_URL),
      metrics: address('metrics', values.metrics ?? (offline ? undefined : env.METRICS_URL || usual.metrics)),
      config: values.config,
      alertmanagerConfig: values['alertmanager-config'],
      dashboards: values.dashboards,
      directory,
      seconds: command.number('timeout', values.timeout, { from: 0.1, to: 600, what: 'seconds' }),
      credentials: await readCredentials(values.credentials, env),
    },
    report: readReportOptions(
      command,
      { ...values, only: byItem(values.only, ids), skip: byItem(values.skip, ids) },
      ids,
    ),
    coverage: !values['no-coverage'],
  }
}

/** Areas and items of the checklist as the ids in them. */
function byItem(patterns: readonly string[], ids: readonly string[]): readonly string[] {
  return patterns
    .flatMap((pattern) => pattern.split(','))
    .flatMap((pattern) => {
      const items = checklist.filter(({ area, key }) => area === pattern || key === pattern)
      if (items.length === 0) return [pattern]
      return ids.filter((id) => itemsOf(id).some((key) => items.some((item) => item.key === key)))
    })
}

function address(flag: string, text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  return command.value(flag, text, addressOf, 'an address such as http://localhost:9091')
}
