import { expect, test } from 'vitest'
import { parseStart } from '../../src/start/start-options.js'

test('without arguments every part has its well-known port', () => {
  expect(parseStart([], '/project')).toEqual({
    app: undefined,
    appPort: 3000,
    metricsPort: 9090,
    prometheusPort: 9091,
    alertmanagerPort: 9093,
    nodeExporterPort: 9100,
    traffic: true,
    keepData: false,
    offline: false,
    deploy: '/project/deploy',
    directory: '/project',
  })
})

test('every option is read', () => {
  const args =
    '--app-port 1 --metrics-port 2 --prometheus-port 3 --alertmanager-port 4 --node-exporter-port=5'
  const switches = '--no-traffic --keep-data --offline --deploy /etc/prometheus --app x'
  expect(parseStart(`${args} ${switches}`.split(' '), '/project')).toEqual({
    app: 'x',
    appPort: 1,
    metricsPort: 2,
    prometheusPort: 3,
    alertmanagerPort: 4,
    nodeExporterPort: 5,
    traffic: false,
    keepData: true,
    offline: true,
    deploy: '/etc/prometheus',
    directory: '/project',
  })
})

test.each([['-h'], ['--help']])('%s asks for help', (flag) => {
  expect(parseStart([flag], '/')).toBeUndefined()
})

test.each([
  [['--app-port', '0'], '--app-port is "0", which is no port'],
  [['--app-port', '65536'], '--app-port is "65536", which is no port'],
  [['--metrics-port', '9e3'], '--metrics-port is "9e3", which is no port'],
  [['--prometheus-port', ''], '--prometheus-port is "", which is no port'],
  [['--app-port', '9090'], '--app-port and --metrics-port are both 9090'],
  [['--frobnicate'], 'there is no option --frobnicate'],
  [['shop'], '"shop" is no option'],
  [['--app'], '--app has no value'],
])('%j is refused with a reason', (args, message) => {
  expect(() => parseStart(args, '/')).toThrowError(expect.objectContaining({ code: 'TELLTALE_USAGE' }))
  expect(() => parseStart(args, '/')).toThrow(message)
})
