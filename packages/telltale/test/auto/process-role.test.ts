import { expect, test } from 'vitest'
import { isLauncher } from '../../src/auto/launcher.js'
import { takePm2Environment } from '../../src/auto/pm2-environment.js'
import { type ProcessFacts, type ProcessRole, roleOf } from '../../src/auto/process-role.js'

const facts: ProcessFacts = {
  program: '/srv/app/main.js',
  flags: ['--import', 'telltale/auto'],
  env: {},
  pid: 70,
  isMainThread: true,
  isGrouped: false,
  port: 9090,
  isAlive: (pid) => pid === 7,
}
const parent = { TELLTALE_AUTO_PROCESS: '7:9090' }

const cases: readonly (readonly [what: string, role: ProcessRole, differences: Partial<ProcessFacts>])[] = [
  ['a program', 'application', {}],
  ['a child of one that is measured', 'none', { env: parent }],
  ['a child with a port of its own', 'application', { env: parent, port: 9095 }],
  ['a child in a group', 'application', { env: parent, isGrouped: true }],
  ['what went on when its parent had ended', 'application', { env: { TELLTALE_AUTO_PROCESS: '8:9090' } }],
  ['a program in a strange environment', 'application', { env: { TELLTALE_AUTO_PROCESS: 'x' } }],
  ['a thread of one', 'thread', { isMainThread: false, env: { TELLTALE_AUTO_PROCESS: '70:9090' } }],
  ['a thread of one that is not measured', 'none', { isMainThread: false }],
  ['a program that is switched off', 'none', { env: { TELLTALE_AUTO: 'OFF' } }],
  ['one that is switched on', 'application', { env: { TELLTALE_AUTO: 'on' } }],
  ['a REPL', 'none', { program: undefined }],
  ['a watcher', 'none', { flags: ['--watch-path=src'] }],
  ['what a watcher runs', 'application', { flags: [], env: { WATCH_REPORT_DEPENDENCIES: '1' } }],
  ['tests', 'none', { flags: ['--test'] }],
  ['a test', 'none', { env: { NODE_TEST_CONTEXT: 'child-v8' } }],
]

test.each(cases)('%s: %s', (_, role, differences) => {
  expect(roleOf({ ...facts, ...differences })).toBe(role)
})

test.each([
  '/usr/lib/node_modules/npm/bin/npm-cli.js',
  '/usr/share/nodejs/npm/bin/npx-cli.js',
  '/srv/app/.yarn/releases/yarn-4.9.1.cjs',
  '/home/me/.cache/node/corepack/v1/pnpm/10.0.0/bin/pnpm.cjs',
  'C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js',
  '/srv/app/node_modules/nodemon/bin/nodemon.js',
  '/srv/app/node_modules/.pnpm/tsx@4.20.0/node_modules/tsx/dist/cli.mjs',
  '/srv/app/node_modules/@nestjs/cli/bin/nest.js',
  '/usr/lib/node_modules/pm2/lib/Daemon.js',
])('%s starts others', (path) => {
  expect(isLauncher(path)).toBe(true)
})

test.each([
  '/srv/app/main.js',
  '/srv/npm/main.js',
  '/srv/yarn-shop/server.js',
  '/srv/app/node_modules/next/dist/bin/next',
  '/srv/app/node_modules/fastify-cli/cli.js',
  '/usr/lib/node_modules/pm2/lib/ProcessContainerFork.js',
])('%s is an application', (path) => {
  expect(isLauncher(path)).toBe(false)
})

test('in a cluster of PM2, the settings of the application hold from the start', () => {
  const env: NodeJS.ProcessEnv = {
    METRICS_PORT: '1',
    pm2_env: '{ "METRICS_PORT": "9095", "pm_id": 0, "name": "shop", "axm_options": {} }',
  }
  takePm2Environment(env)
  expect(env).toMatchObject({
    METRICS_PORT: '9095',
    pm_id: '0',
    name: 'shop',
    axm_options: '[object Object]',
  })
  for (const pm2_env of ['', 'null', '7', '{']) expect(() => takePm2Environment({ pm2_env })).not.toThrow()
})
