import { expect, test } from 'vitest'
import { derivedGroupName, groupKey, type Surroundings } from '../../../src/serve/group/group-name.js'

const alone: Surroundings = { env: {}, pid: 20, parentPid: 10, isClusterWorker: false }
const pm2 = { PM2_HOME: '/home/shop/.pm2', name: 'api', namespace: 'default' }

test.each<[string, Surroundings, Surroundings]>([
  ['workers of a cluster', { ...alone, isClusterWorker: true }, { ...alone, pid: 21, isClusterWorker: true }],
  ['a primary and its worker', { ...alone, pid: 10 }, { ...alone, isClusterWorker: true }],
  [
    'processes that PM2 started for one application',
    { ...alone, env: { ...pm2, pm_id: '1' } },
    { ...alone, env: { ...pm2, pm_id: '2' }, pid: 30, isClusterWorker: true },
  ],
  ['a process and its child', alone, { ...alone, pid: 40, env: { TELLTALE_GROUP: 'process:20' } }],
])('%s are one group', (_, one, other) => {
  expect(derivedGroupName(one)).toBe(derivedGroupName(other))
})

test.each<[string, Surroundings, Surroundings]>([
  ['processes that nothing connects', alone, { ...alone, pid: 21 }],
  [
    'two applications of one PM2, whose workers have the same parent',
    { ...alone, env: { ...pm2, pm_id: '1' }, isClusterWorker: true },
    { ...alone, env: { ...pm2, name: 'web', pm_id: '2' }, isClusterWorker: true },
  ],
])('%s are not', (_, one, other) => {
  expect(derivedGroupName(one)).not.toBe(derivedGroupName(other))
})

test('a name of any text takes sixteen characters of a path', () => {
  for (const name of ['a', 'x'.repeat(10_000), '../../etc', '상점']) {
    expect(groupKey(name)).toMatch(/^[0-9a-f]{16}$/)
  }
})
