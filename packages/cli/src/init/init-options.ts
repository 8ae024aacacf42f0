import { resolve } from 'node:path'
import type { ParseArgsConfig } from 'node:util'
import type { Language } from 'telltale/monitoring'
import { CommandArguments } from '../command-arguments.js'
import { helpText } from '../command-help.js'
import { languageOf } from '../finding/index.js'
import {
  type Environment,
  environments,
  type RemoteWrite,
  readRemoteWrite,
  readTarget,
  type TargetVersion,
} from '../generate/index.js'

/** What shapes the files; remembered for the next run. */
export interface ShapeOptions {
  readonly target: TargetVersion
  readonly environment: Environment | undefined
  readonly language: Language
  readonly kubernetes: boolean
  readonly namespace: string | undefined
  readonly remoteWrite: RemoteWrite | undefined
  readonly agent: boolean
}

/** What `telltale init` was asked for. */
export interface InitOptions {
  /** The folder of the project. */
  readonly directory: string
  readonly yes: boolean
  readonly dryRun: boolean
  readonly json: boolean
  /** The arguments that shape the files, as they were given; none for those of the last run. */
  readonly shaping: readonly string[]
  /** Of the environment, when nothing else says. */
  readonly language: Language
}

const shapeFlags = {
  language: { type: 'string' },
  target: { type: 'string' },
  environment: { type: 'string' },
  kubernetes: { type: 'boolean' },
  namespace: { type: 'string' },
  'remote-write': { type: 'string' },
  'remote-write-user': { type: 'string' },
  'remote-write-token': { type: 'boolean' },
  'remote-write-tenant': { type: 'string' },
  agent: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options']

const flags = {
  ...shapeFlags,
  yes: { type: 'boolean', short: 'y', default: false },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options']

const command = new CommandArguments('init')

/** The help of `telltale init`. */
export const initUsage = helpText({
  usage: 'init [DIR] [options]',
  about:
    'Sets up monitoring for the Node.js project in DIR (default: here): shows what it would write, asks, and writes it.',
  details: `  telltale.js                the instrumentation, beside the file that the application starts with, which gets the
                             one line that loads it (where that is safe; the line is shown otherwise)
  monitoring/                prometheus.yml, alertmanager.yml, rules, dashboards, docker-compose.yml
  monitoring/kubernetes/     PodMonitor, PrometheusRule and ConfigMaps, with --kubernetes

Run it again at any time: files that you changed are left as they are, and what is new goes beside them as .new.
The options that shape the files are kept in monitoring/telltale.json and need not be given again.`,
  options: `  -y, --yes                  write without asking
  --dry-run                  show what would be written, and write nothing
  --json                     the plan as JSON
  --target VERSION           of Prometheus: 2.42 to 3.x (default 2.42, whose files newer ones take too)
  --environment NAME         development, staging or production: the prefix of its runtime metrics, in the
                             instrumentation, the rules and the dashboards (default: nodejs_, rules for all)
  --kubernetes               objects for the Prometheus Operator, too
  --namespace NAME           theirs
  --remote-write URL         send all samples to Mimir (…/api/v1/push), Thanos receive (…/api/v1/receive) or
                             VictoriaMetrics (…/api/v1/write)
  --remote-write-user NAME   sign in there; the password goes into monitoring/secrets/remote-write-password
  --remote-write-token       sign in with the token in monitoring/secrets/remote-write-token
  --remote-write-tenant ID   of Mimir or Thanos
  --agent                    an agent sends the samples: prometheus-agent.yml besides
  --language en|ko           of the texts in the files and here (default: that of the environment)
  -h, --help                 this text`,
  notes: 'Then: telltale up runs it all on this machine.',
  examples: `  telltale init --dry-run
  telltale init services/orders --yes --environment production
  telltale init --kubernetes --namespace shop`,
  exitCode:
    '0 done, 1 something failed or nobody could be asked, 2 wrong arguments, 130 Ctrl-C at the question',
})

/** Reads the arguments after `init`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export function parseInit(args: readonly string[], directory: string): InitOptions | undefined {
  const { values, positionals, tokens } = read(args, flags)
  if (values.help) return undefined
  const folder = command.atMostOne(positionals, 'folders')
  const shaping = tokens.flatMap((token) =>
    token.kind === 'option' && Object.hasOwn(shapeFlags, token.name)
      ? [token.value === undefined ? `--${token.name}` : `--${token.name}=${token.value}`]
      : [],
  )
  const options: InitOptions = {
    directory: resolve(directory, folder ?? '.'),
    yes: values.yes,
    dryRun: values['dry-run'],
    json: values.json,
    shaping,
    language: languageOf(process.env),
  }
  shapeOf(shaping, options.language)
  return options
}

/** What the shaping arguments mean. Throws TELLTALE_USAGE. */
export function shapeOf(args: readonly string[], language: Language): ShapeOptions {
  const { values } = read(args, shapeFlags)
  const url = values['remote-write']
  const dependent = ['remote-write-user', 'remote-write-token', 'remote-write-tenant', 'agent'] as const
  const alone = url === undefined ? dependent.find((flag) => values[flag] !== undefined) : undefined
  if (alone !== undefined)
    throw command.fault(`--${alone} says how samples are sent; add where, with --remote-write URL`)
  if (values.namespace !== undefined && values.kubernetes !== true) {
    throw command.fault('--namespace is of objects for Kubernetes; add --kubernetes')
  }
  if (values.namespace !== undefined && !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(values.namespace)) {
    throw command.fault(`--namespace is "${values.namespace}"; give lower-case letters, digits and hyphens`)
  }
  return {
    target: readTarget(values.target ?? '2.42'),
    environment:
      values.environment === undefined
        ? undefined
        : command.choice('environment', values.environment, environments),
    language:
      values.language === undefined ? language : command.choice('language', values.language, ['en', 'ko']),
    kubernetes: values.kubernetes ?? false,
    namespace: values.namespace,
    remoteWrite:
      url === undefined
        ? undefined
        : readRemoteWrite(url, {
            user: values['remote-write-user'],
            token: values['remote-write-token'] ?? false,
            tenant: values['remote-write-tenant'],
          }),
    agent: values.agent ?? false,
  }
}

function read<Flags extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Flags,
) {
  return command.parse({ args: [...args], options, strict: true, allowPositionals: true, tokens: true })
}
