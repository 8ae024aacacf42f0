import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { isAlive, pidIn, processIdOf } from '../../../src/serve/group/process-id.js'

test('a source has the same name each time, and another source another one', () => {
  const source = {}
  expect(processIdOf(source, undefined)).toBe(processIdOf(source, undefined))
  expect(processIdOf({}, undefined)).not.toBe(processIdOf(source, undefined))
  expect(processIdOf({}, 'default')).toBe(processIdOf({}, 'default'))
  expect(pidIn(processIdOf(source, undefined))).toBe(process.pid)
})

test('a process that has ended is known to have, and so is one whose number another one has now', async () => {
  const child = spawn('sleep', ['30'])
  await once(child, 'spawn')
  const taken = `${child.pid}-1-0.0`
  if (process.platform === 'linux') expect(isAlive(taken)).toBe(false)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isAlive(taken)).toBe(false)
  expect(isAlive('5000001-1-0.0')).toBe(false)
  expect(isAlive('nonsense')).toBe(false)
  expect(isAlive(processIdOf({}, undefined))).toBe(true)
})
