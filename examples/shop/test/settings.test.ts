import { describe, expect, it } from 'vitest'
import { readSettings, SettingsError } from '../src/settings/settings.js'

function problems(env: Record<string, string>, args: readonly string[] = []): readonly string[] {
  try {
    readSettings(env, args)
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  return []
}

describe('settings', () => {
  it('are the guide’s when nothing is set', () => {
    expect(readSettings({}, [])).toMatchObject({
      port: 3000,
      metricsPort: 9090,
      environment: 'development',
      database: { engine: 'embedded' },
      rateLimit: { max: 100, windowSeconds: 900 },
      faultRoutes: false,
      logRequests: false,
      traffic: undefined,
      warnings: [],
    })
  })

  it('are read from the environment', () => {
    const settings = readSettings(
      {
        PORT: '8080',
        METRICS_PORT: ' 9191 ',
        METRICS_HOST: '127.0.0.1',
        NODE_ENV: 'production',
        DATABASE_URL: 'postgres://shop:secret@db/shop',
        REDIS_URL: 'redis://cache:6379',
        LOG_REQUESTS: 'on',
        SHOP_FAULTS: 'true',
      },
      [],
    )
    expect(settings).toMatchObject({
      port: 8080,
      metricsPort: 9191,
      metricsHost: '127.0.0.1',
      environment: 'production',
      logRequests: true,
      faultRoutes: true,
    })
    expect(settings.database).toMatchObject({ engine: 'postgres' })
    expect(settings.redisUrl?.host).toBe('cache:6379')
  })

  it('keep the embedded database in a folder when DATABASE_URL is a file', () => {
    const { database } = readSettings({ DATABASE_URL: 'file:///var/lib/shop' }, [])
    expect(database).toEqual({ engine: 'embedded', folder: new URL('file:///var/lib/shop') })
  })

  it('make traffic with rates of its own', () => {
    expect(readSettings({}, ['--traffic']).traffic).toEqual({
      rate: 5,
      errorRate: 0.01,
      slowRate: 0.01,
      seed: 1,
    })
    const args = ['--traffic', '--rate', '20', '--error-rate=0.5', '--slow-rate', '0', '--seed', '7']
    expect(readSettings({}, args).traffic).toEqual({ rate: 20, errorRate: 0.5, slowRate: 0, seed: 7 })
  })

  it.each([
    [{ PORT: 'abc' }, [], 'PORT: expected a port number from 0 to 65535 (0 takes any free port), got "abc".'],
    [{ PORT: '65536' }, [], 'PORT: expected a port number'],
    [{ PORT: '-1' }, [], 'PORT: expected a port number'],
    [{ PORT: '3e3' }, [], 'PORT: expected a port number'],
    [{ METRICS_PORT: '9090.5' }, [], 'METRICS_PORT: expected a port number'],
    [{ LOG_REQUESTS: 'maybe' }, [], 'LOG_REQUESTS: expected "on" or "off", got "maybe".'],
    [{ SHOP_FAULTS: '2' }, [], 'SHOP_FAULTS: expected "on" or "off"'],
    [{ RATE_LIMIT_MAX: '0' }, [], 'RATE_LIMIT_MAX: expected a whole number from 1'],
    [{ REDIS_URL: 'cache:6379' }, [], 'REDIS_URL: expected a URL that starts with redis:// or rediss://.'],
    [{}, ['--traffic', '--error-rate', '7'], '--error-rate: expected a ratio from 0 to 1, got "7".'],
    [{}, ['--traffic', '--rate', '0'], '--rate: expected requests per second from 0.1 to 1000, got "0".'],
    [{}, ['--traffic', '--seed', 'x'], '--seed: expected a whole number'],
    [{}, ['--trafic'], "Unknown option '--trafic'"],
    [{}, ['now'], 'now'],
  ])('%j %j is refused with a reason', (env, args, message) => {
    expect(problems(env, args)).toEqual([expect.stringContaining(message)])
  })

  it('are all complained about at once', () => {
    expect(problems({ PORT: 'x', METRICS_PORT: 'y' }, ['--traffic', '--error-rate', '7'])).toHaveLength(3)
  })

  it('never show a password in a complaint', () => {
    const [complaint] = problems({ DATABASE_URL: 'mysql://shop:hunter2@db/shop' })
    expect(complaint).toContain('DATABASE_URL: expected a URL that starts with postgres://')
    expect(complaint).not.toContain('hunter2')
  })

  it('take an unknown NODE_ENV for development and say so', () => {
    const { environment, warnings } = readSettings({ NODE_ENV: 'prod' }, [])
    expect(environment).toBe('development')
    expect(warnings).toEqual([expect.stringContaining('NODE_ENV: "prod" is none of development, staging')])
  })

  it('say that traffic options do nothing without traffic', () => {
    expect(readSettings({}, ['--rate', '3']).warnings).toEqual([
      expect.stringContaining('--rate: without effect'),
    ])
  })
})
