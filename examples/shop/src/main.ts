import process from 'node:process'
import { consoleLog as log } from './log.js'
import { readSettings, type Settings, SettingsError } from './settings/settings.js'
import { USAGE } from './settings/usage.js'
import { type Shop, startShop } from './shop.js'
import { closeOnSignal } from './shutdown.js'

const USAGE_ERROR = 2

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) return void process.stdout.write(USAGE)
  const settings = readSettings(process.env, args)
  const starting = startShop({ settings, log })
  // A start that fails has closed everything by itself.
  const stop = () =>
    starting.then(
      (shop) => shop.stop(),
      () => {},
    )
  closeOnSignal(stop, log)
  announce(await starting, settings)
}

function announce(shop: Shop, { database, environment, redisUrl, traffic, faultRoutes }: Settings): void {
  log.info(`Shop:     ${shop.url.href}health  (${shop.url.href}api/users, ${shop.url.href}api/orders)`)
  log.info(
    `Database: ${database.engine === 'postgres' ? 'PostgreSQL' : 'embedded, loading takes a few seconds'}`,
  )
  log.info(`Queue and cache: ${redisUrl ? 'Redis' : 'in this process'}`)
  // Where MetricsServer shows it without being asked.
  if (shop.metricsUrl && (environment === 'development' || environment === 'test')) {
    log.info(`Live:     ${new URL('/live', shop.metricsUrl).href}`)
  }
  if (faultRoutes) log.info(`Faults:   ${shop.url.href}faults`)
  if (traffic) {
    const { rate, errorRate, slowRate } = traffic
    log.info(`Traffic:  ${rate} requests/s, ${100 * errorRate}% fail, ${100 * slowRate}% are slow`)
  }
}

function fail(error: unknown): void {
  if (error instanceof SettingsError) {
    for (const problem of error.problems) log.warn(problem)
    log.warn('Run with --help for all settings.')
    process.exitCode = USAGE_ERROR
    return
  }
  log.warn(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

main(process.argv.slice(2)).catch(fail)
