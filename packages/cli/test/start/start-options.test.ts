import { expect, test } from 'vitest'
import { parseStart } from '../../src/start/start-options.js'

test('without arguments every part has its well-known port', () => {
  expect(parseStart([], '/project')).toEqual({
    app: undefined,
    ports: { app: 3000, metrics: 9090, prometheus: 9091, alertmanager: 9093, nodeExporter: 9100 },
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
    ports: { app: 1, metrics: 2, prometheus: 3, alertmanager: 4, nodeExporter: 5 },
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
  [['--app-port', '0'], '--app-port is "0"; give a port from 1 to 65535'],
  [['--app-port', '65536'], '--app-port is "65536"; give a port from 1 to 65535'],
  [['--metrics-port', '9e3'], '--metrics-port is "9e3"; give a port from 1 to 65535'],
  [['--prometheus-port', ''], '--prometheus-port is ""; give a port from 1 to 65535'],
  [['--app-port', '9090'], '--app-port and --metrics-port are both 9090'],
  [['--frobnicate'], 'there is no option --frobnicate'],
  [['shop'], '"shop" is no option'],
  [['--app'], '--app has no value'],
])('%j is refused with a reason', (args, message) => {
  expect(() => parseStart(args, '/')).toThrowError(expect.objectContaining({ code: 'TELLTALE_USAGE' }))
  expect(() => parseStart(args, '/')).toThrow(message)
})
