import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { prometheusServer } from '@telltale/cli'
import { expose, Registry } from 'telltale'
import { expect, it } from 'vitest'
import {
  collectRuntimeMetrics,
  type RuntimeCollector,
  runtimeCollectors,
} from '../../packages/telltale/src/instrument/runtime/index.js'
import { installed } from './servers/index.js'

it('promtool finds nothing to complain of in the runtime metrics', async () => {
  const body = await runtimeMetrics(runtimeCollectors)
  expect(body).toContain('process_cpu_seconds_total')
  expect(await checkMetrics(body)).toEqual({ findings: '', status: 0 })
})

it('promtool complains of the three gauges that have to be asked for', async () => {
  const { findings, status } = await checkMetrics(await runtimeMetrics(['activeTotals']))
  expect(status).toBe(3)
  expect(findings.trim().split('\n')).toHaveLength(3)
})

async function runtimeMetrics(collectors: readonly RuntimeCollector[]): Promise<string> {
  const registry = new Registry()
  const handle = collectRuntimeMetrics({ registry, collectors, labels: { region: 'north' } })
  const { body } = await expose(registry)
  handle.stop()
  return body
}

/** What `promtool check metrics` says of a text: status 3 for findings, 1 for a text that it cannot read. */
async function checkMetrics(body: string): Promise<{ findings: string; status: number }> {
  const installation = await installed(prometheusServer)
  const promtool = spawn(installation.command('promtool'), ['check', 'metrics'], {
    env: installation.environment(),
  })
  promtool.stdin.end(body)
  const [findings, [status]] = await Promise.all([text(promtool.stderr), once(promtool, 'close')])
  return { findings, status }
}
