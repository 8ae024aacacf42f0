import { parseArgs } from 'node:util'
import { anyText, decimal, port, ratio, switched, url, whole } from './kind.js'
import { SettingReader } from './reader.js'

export interface TrafficSettings {
  /** Requests per second. */
  readonly rate: number
  /** Share of API requests that fail, as a ratio. */
  readonly errorRate: number
  /** Share of API requests that are slow, as a ratio. */
  readonly slowRate: number
  readonly seed: number
}

export type DatabaseSettings =
  | { readonly engine: 'postgres'; readonly url: URL }
  | { readonly engine: 'embedded'; readonly folder?: URL }

export interface Settings {
  readonly host?: string
  readonly port: number
  readonly metricsHost?: string
  readonly metricsPort: number
  readonly environment: string
  readonly database: DatabaseSettings
  readonly redisUrl?: URL
  readonly paymentApiUrl?: URL
  readonly logRequests: boolean
  readonly rateLimit: { readonly max: number; readonly windowSeconds: number }
  /** Whether `/faults` exists. */
  readonly faultRoutes: boolean
  readonly traffic?: TrafficSettings
  /** What is odd and does not prevent a start. */
  readonly warnings: readonly string[]
}

/** Settings that cannot be started with; `problems` has one line for each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

const ENVIRONMENTS = ['development', 'staging', 'production', 'test']

const FLAGS = {
  traffic: { type: 'boolean' },
  rate: { type: 'string' },
  'error-rate': { type: 'string' },
  'slow-rate': { type: 'string' },
  seed: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Reads the environment and the command line. Throws SettingsError with every problem it finds. */
export function readSettings(env: NodeJS.ProcessEnv, args: readonly string[]): Settings {
  const flags = readFlags(args)
  const variables = new SettingReader(env)
  const options = new SettingReader(
    Object.fromEntries(Object.entries(flags).map(([name, text]) => [`--${name}`, String(text)])),
  )
  const warnings: string[] = []
  const settings: Settings = {
    host: variables.optional('HOST', anyText),
    port: variables.required('PORT', port, 3000),
    metricsHost: variables.optional('METRICS_HOST', anyText),
    metricsPort: variables.required('METRICS_PORT', port, 9090),
    environment: readEnvironment(env.NODE_ENV, warnings),
    database: readDatabase(variables),
    redisUrl: variables.optional('REDIS_URL', url('redis', 'rediss')),
    paymentApiUrl: variables.optional('PAYMENT_API_URL', url('http', 'https')),
    logRequests: variables.required('LOG_REQUESTS', switched, false),
    rateLimit: {
      max: variables.required('RATE_LIMIT_MAX', whole(1, 1_000_000), 100),
      windowSeconds: variables.required('RATE_LIMIT_WINDOW_SECONDS', whole(1, 86_400), 15 * 60),
    },
    faultRoutes: variables.required('SHOP_FAULTS', switched, false),
    traffic: readTraffic(options, flags, warnings),
    warnings,
  }
  const problems = [...variables.problems, ...options.problems]
  if (problems.length > 0) throw new SettingsError(problems)
  return settings
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, allowPositionals: false }).values
  } catch (error) {
    throw new SettingsError([error instanceof Error ? error.message : String(error)])
  }
}

function readEnvironment(name: string | undefined, warnings: string[]): string {
  if (!name) return 'development'
  if (ENVIRONMENTS.includes(name)) return name
  warnings.push(
    `NODE_ENV: ${JSON.stringify(name)} is none of ${ENVIRONMENTS.join(', ')}; the shop runs as in development.`,
  )
  return 'development'
}

function readDatabase(variables: SettingReader): DatabaseSettings {
  const location = variables.optional('DATABASE_URL', url('postgres', 'postgresql', 'file'))
  if (location === undefined) return { engine: 'embedded' }
  return location.protocol === 'file:'
    ? { engine: 'embedded', folder: location }
    : { engine: 'postgres', url: location }
}

function readTraffic(
  options: SettingReader,
  flags: ReturnType<typeof readFlags>,
  warnings: string[],
): TrafficSettings | undefined {
  const traffic = {
    rate: options.required('--rate', decimal(0.1, 1000, 'requests per second'), 5),
    errorRate: options.required('--error-rate', ratio, 0.01),
    slowRate: options.required('--slow-rate', ratio, 0.01),
    seed: options.required('--seed', whole(0, 2 ** 32 - 1), 1),
  }
  if (flags.traffic) return traffic
  const idle = Object.keys(flags).map((name) => `--${name}`)
  if (idle.length > 0) warnings.push(`${idle.join(', ')}: without effect, because --traffic is not given.`)
  return undefined
}
