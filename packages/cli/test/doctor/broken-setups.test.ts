import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AnsweringServer } from '../../../../test/fixtures/broken-setups/answering-server.js'
import {
  type BrokenSetup,
  brokenSetups,
  writeSetup,
} from '../../../../test/fixtures/broken-setups/broken-setup.js'
import { itemsOf } from '../../src/doctor/all-ids.js'
import { checklist } from '../../src/doctor/checklist.js'
import { allChecks } from '../../src/doctor/checks/index.js'
import { diagnose } from '../../src/doctor/diagnose.js'
import { openSetup, type SetupAddresses } from '../../src/doctor/open-setup.js'

const setups = await brokenSetups()
const healthy = fileURLToPath(new URL('../../../../test/fixtures/broken-setups/healthy', import.meta.url))
const servers: AnsweringServer[] = []
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-doctor-'))
})

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  await rm(folder, { recursive: true })
})

async function server(): Promise<AnsweringServer> {
  const started = await AnsweringServer.start()
  servers.push(started)
  return started
}

/** What doctor finds in a setup for which no server has to be started. */
async function findingsIn(setup: Omit<BrokenSetup, 'item' | 'name' | 'about' | 'finds' | 'remedy'>) {
  const addresses = setup.run === 'offline' ? await offline(setup) : await answering(setup)
  const opened = openSetup({ seconds: 20, credentials: {}, directory: folder, ...addresses })
  const { findings } = await diagnose(opened, allChecks, () => undefined)
  return findings
}

async function offline({
  files,
  metrics,
}: Pick<BrokenSetup, 'files' | 'metrics'>): Promise<Partial<SetupAddresses>> {
  const own = await mkdtemp(join(folder, 'files-'))
  const endpoint = await server()
  await endpoint.showMetrics(metrics)
  await writeSetup(own, files, {
    METRICS: endpoint.host,
    ALERTMANAGER: '127.0.0.1:9093',
    WEBHOOK: '127.0.0.1:5001',
  })
  return {
    metrics: `http://${endpoint.host}/metrics`,
    config: join(own, 'setup/prometheus.yml'),
    dashboards: [join(own, 'setup/dashboards')],
  }
}

async function answering(setup: Pick<BrokenSetup, 'prometheus' | 'alertmanager' | 'grafana'>) {
  const addresses: Record<string, string> = {}
  for (const name of ['prometheus', 'alertmanager', 'grafana'] as const) {
    const answers = setup[name]
    if (answers === undefined) continue
    const replaying = await server()
    replaying.replay(answers)
    addresses[name] = `http://${replaying.host}`
  }
  return { ...addresses, dashboards: [join(healthy, 'dashboards')] }
}

const inThisFile = setups.filter(({ run }) => run !== 'live')

test.concurrent.each(inThisFile.map((setup) => [`${setup.item}: ${setup.about}`, setup] as const))(
  '%s',
  async (_, setup) => {
    const findings = await findingsIn(setup)
    const ids = new Set(findings.map(({ id }) => id))
    expect([...ids].sort()).toEqual([setup.finds, ...(setup.also ?? [])].sort())
    const finding = findings.find(({ id }) => id === setup.finds)!
    expect(finding.text.en.remedy).toContain(setup.remedy)
    expect(finding.text.ko.what + finding.text.ko.remedy).toMatch(/[가-힣]/)
    for (const text of [
      finding.text.en.what,
      finding.text.en.remedy,
      finding.text.ko.what,
      finding.text.ko.remedy,
    ])
      expect(text).not.toMatch(/\{\w+\}|undefined|NaN/)
  },
)

test('the healthy setup has no finding without its servers', async () => {
  expect(await findingsIn({ run: 'offline' })).toEqual([])
})

describe('the broken setups', () => {
  test('are at least sixty', () => {
    expect(setups.length).toBeGreaterThanOrEqual(60)
  })

  test.each(checklist.map(({ key }) => key))('are at least three for the item %s', (key) => {
    expect(setups.filter(({ item }) => item === key).length).toBeGreaterThanOrEqual(3)
  })

  test('break the item that their finding belongs to', () => {
    expect(setups.filter(({ finds, item }) => !itemsOf(finds).some((key) => key === item))).toEqual([])
  })
})
