import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prometheusServer, runCommand } from '@telltale/cli'
import { expect, test } from 'vitest'
import { targetHash, targetsByShard } from '../../packages/cli/src/plan/hashmod.js'
import { shardConfigurations } from '../../packages/cli/src/plan/shard-configuration.js'
import { installed, TestPrometheus, testFolder } from './servers/index.js'

const targets = Array.from({ length: 60 }, (_, i) => `127.0.0.1:${40_000 + i}`)
const SHARDS = 3

const configurations = (addresses: readonly string[]) =>
  shardConfigurations({
    shards: SHARDS,
    replicas: 2,
    job: 'app',
    interval: 15,
    sampleLimit: 1_000,
    path: '/metrics',
    scheme: 'http',
    targets: addresses,
  })

test.each([
  ['with its targets', targets],
  ['with targets in files', []],
])('promtool accepts the configuration of every shard, %s', async (_, addresses) => {
  const folder = await testFolder('plan')
  try {
    const installation = await installed(prometheusServer)
    const files = configurations(addresses)
    expect(files).toHaveLength(2 * SHARDS)
    for (const { name, text } of files) {
      const path = join(folder.path, name)
      writeFileSync(path, text)
      const args = ['check', 'config', path]
      const result = await runCommand(installation.command('promtool'), args, {
        env: installation.environment(),
      })
      expect(result, result.stdout).toMatchObject({ code: 0 })
    }
  } finally {
    await folder.remove()
  }
})

test('Prometheus keeps as many targets of each shard as the plan says', async () => {
  const keep = (shard: number) => [
    { source_labels: ['__address__'], modulus: SHARDS, target_label: '__tmp_shard', action: 'hashmod' },
    { source_labels: ['__tmp_shard'], regex: String(shard), action: 'keep' },
  ]
  const jobs = Array.from({ length: SHARDS }, (_, shard) => ({
    name: `shard-${shard}`,
    targets,
    settings: { relabel_configs: keep(shard) },
  }))
  const prometheus = await TestPrometheus.start({ jobs, interval: '30s' })
  try {
    const active = await prometheus.api.until(
      async (api) => {
        const found = await api.targets()
        return found.length === targets.length ? found : undefined
      },
      { what: 'all targets' },
    )
    const counts = jobs.map(({ name }) => active.filter(({ scrapePool }) => scrapePool === name).length)
    expect(counts).toEqual(targetsByShard(targets.map(targetHash), SHARDS))
  } finally {
    await prometheus.stop()
  }
})
