import { existsSync } from 'node:fs'
import type { ParseArgsConfig } from 'node:util'
import { CommandArguments } from '../command-arguments.js'
import { helpText } from '../command-help.js'
import type { Language } from '../language.js'
import { positiveDuration } from '../promql/duration.js'
import { BYTES_PER_SAMPLE } from './cost-formulas.js'
import type { Fleet } from './fleet-plan.js'
import { bytesOf } from './size-text.js'

export interface PlanOptions {
  readonly source: string
  readonly fleet: Fleet
  readonly job: string
  /** The folder that the configuration is written into. */
  readonly write: string | undefined
  readonly force: boolean
  readonly json: boolean
  readonly language: Language
  /** Bytes. */
  readonly mostBytes: number
}

const command = new CommandArguments('plan')

const fleetRange = { from: 0, to: 1_000_000 }

const flags = {
  instances: { type: 'string', short: 'n' },
  interval: { type: 'string', default: '15s' },
  retention: { type: 'string', default: '15d' },
  releases: { type: 'string', default: '1' },
  'bytes-per-sample': { type: 'string', default: String(BYTES_PER_SAMPLE) },
  memory: { type: 'string', default: '16GB' },
  replicas: { type: 'string', default: '1' },
  targets: { type: 'string' },
  job: { type: 'string', default: 'nodejs-app' },
  write: { type: 'string' },
  force: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  language: { type: 'string' },
  'max-size': { type: 'string', default: '64' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options']

export const planUsage = helpText({
  usage: 'plan [ADDRESS or FILE] [options]',
  about:
    'Says what a fleet costs its Prometheus, from what one instance exposes: series, samples, memory, disk and servers.',
  details: `ADDRESS or FILE has the metrics of one instance that has done its work for a while (default
http://localhost:9090/metrics).`,
  options: `  -n, --instances N       instances of the fleet (default: as many as --targets, else 100)
  --interval DURATION     between scrapes (default 15s)
  --retention DURATION    how long samples are kept (default 15d)
  --releases N            how often a day every instance is replaced by a new one (default 1)
  --replicas N            servers that scrape the same, so that one may fail (default 1)
  --memory SIZE           memory of one Prometheus (default 16GB)
  --bytes-per-sample N    as telltale optimize measures it on a server (default ${BYTES_PER_SAMPLE})
  --targets LIST          host:port,host:port… of all instances, or a file with one a line
  --job NAME              of the scrape job (default nodejs-app)
  --write DIR             writes prometheus.yml into this folder, one for each server
  --force                 writes over files that are there
  --json                  the plan as JSON
  --language LANGUAGE     en or ko (default: that of the environment)
  --max-size MIB          stop reading an answer that is larger (default 64)
  -h, --help              this text`,
  examples: `  telltale plan localhost:9090 --instances 400 --interval 15s --retention 30d
  telltale plan metrics.txt --targets hosts.txt --memory 8GB --write deploy/prometheus`,
})

/** Reads the arguments after `plan`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export function parsePlan(args: readonly string[]): PlanOptions | undefined {
  const { values, positionals } = command.parse({ args: [...args], options: flags, allowPositionals: true })
  if (values.help) return undefined
  const source = command.atMostOne(positionals, 'addresses', 'give one: one instance stands for all')
  const targets = targetsOf(values.targets)
  const instances = command.wholeNumber('instances', values.instances ?? String(targets.length || 100), {
    from: 1,
    to: 10_000_000,
  })
  if (targets.length > 0 && targets.length !== instances) {
    throw command.fault(
      `--instances is ${instances} and --targets has ${targets.length}; leave --instances out`,
    )
  }
  // Each is named by a letter in what is written.
  const replicas = command.wholeNumber('replicas', values.replicas, { from: 1, to: 26 })
  return {
    source: source ?? 'http://localhost:9090/metrics',
    fleet: {
      instances,
      targets,
      interval: duration('interval', values.interval),
      retention: duration('retention', values.retention),
      releases: command.number('releases', values.releases, fleetRange),
      bytesPerSample: command.number('bytes-per-sample', values['bytes-per-sample'], fleetRange),
      memory: size('memory', values.memory),
      replicas,
    },
    job: values.job,
    write: values.write,
    force: values.force,
    json: values.json,
    language: command.language(values.language),
    mostBytes: command.wholeNumber('max-size', values['max-size'], { from: 1, to: 4_096 }) * 2 ** 20,
  }
}

function targetsOf(text: string | undefined): readonly string[] {
  if (text === undefined) return []
  const list = existsSync(text)
    ? command.file('targets', text, 'give a file with one host:port a line')
    : text
  const targets = [...new Set(list.split(/[\s,]+/).filter((target) => target !== ''))]
  const wrong = targets.find((target) => !/^([\w.-]+|\[[0-9a-f:]+\]):\d{1,5}$/i.test(target))
  if (wrong !== undefined)
    throw command.fault(`--targets has "${wrong}", which is neither host:port nor a file`)
  if (targets.length === 0) throw command.fault(`--targets ${text} has no targets; give one host:port a line`)
  return targets
}

function duration(flag: string, text: string): number {
  return command.value(flag, text, positiveDuration, 'a duration such as 15s, 1h30m or 15d')
}

function size(flag: string, text: string): number {
  return command.value(flag, text, (given) => bytesOf(given) || undefined, 'a size such as 500MB or 16GB')
}
