import { afterEach, expect, test, vi } from 'vitest'
import { getMetricsConfig, metricsConfig } from '../../src/index.js'

afterEach(() => {
  vi.restoreAllMocks()
})

test.each([
  ['development', 'dev_', 5000],
  ['test', 'dev_', 5000],
  ['staging', 'staging_', 5000],
  ['production', 'prod_', 10_000],
  ['', 'dev_', 5000],
])('the configuration of %j has the prefix %s and the interval %i', (environment, prefix, interval) => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const config = getMetricsConfig(environment)
  expect([config.default.prefix, config.system.collectionInterval]).toEqual([prefix, interval])
  expect(config.http).toEqual(metricsConfig.http)
  expect(warn).not.toHaveBeenCalled()
})

test.each(['prodution', 'PRODUCTION', '__proto__', 'constructor'])(
  "the unknown environment %s gets development's configuration, and a warning that names it",
  (environment) => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    expect(getMetricsConfig(environment)).toBe(getMetricsConfig('development'))
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining(`"${environment}"`),
      expect.objectContaining({ code: 'TELLTALE_ENVIRONMENT' }),
    )
  },
)

test('without a name the configuration is that of development', () => {
  expect(getMetricsConfig()).toBe(getMetricsConfig('development'))
})
