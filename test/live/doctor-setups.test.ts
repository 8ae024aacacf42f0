import { afterAll, beforeAll, expect, test } from 'vitest'
import { allChecks } from '../../packages/cli/src/doctor/checks/index.js'
import { diagnose } from '../../packages/cli/src/doctor/diagnose.js'
import { openSetup } from '../../packages/cli/src/doctor/open-setup.js'
import { type BrokenSetup, brokenSetups } from '../fixtures/broken-setups/broken-setup.js'
import { LiveSetup } from '../fixtures/broken-setups/live-setup.js'

// The broken setups that need a real Prometheus and a real Alertmanager, and the healthy one. Most of the time goes
// into waiting for scrapes, so several stacks work side by side.

const live = (await brokenSetups()).filter(({ run }) => run === 'live')
const free: LiveSetup[] = []
const waiting: ((stack: LiveSetup) => void)[] = []

beforeAll(async () => {
  free.push(...(await Promise.all([1, 2, 3, 4, 5].map(() => LiveSetup.start()))))
})

afterAll(() => Promise.all(free.map((stack) => stack.stop())))

/** Lends a stack to `work` and takes it back. */
async function withStack<T>(work: (stack: LiveSetup) => Promise<T>): Promise<T> {
  const stack = free.pop() ?? (await new Promise<LiveSetup>((resolve) => waiting.push(resolve)))
  try {
    return await work(stack)
  } finally {
    const next = waiting.shift()
    if (next === undefined) free.push(stack)
    else next(stack)
  }
}

function findingsIn(setup: Pick<BrokenSetup, 'files' | 'metrics' | 'late' | 'history' | 'finds'>) {
  return withStack(async (stack) => {
    await stack.become(setup)
    const { findings } = await diagnose(openSetup(stack.addresses), allChecks, () => undefined)
    return findings
  })
}

test.concurrent('the healthy setup has no finding', async () => {
  expect(await findingsIn({ finds: '' })).toEqual([])
})

test.concurrent.each(live.map((setup) => [`${setup.item}: ${setup.about}`, setup] as const))(
  '%s',
  async (_, setup) => {
    const findings = await findingsIn(setup)
    const ids = [...new Set(findings.map(({ id }) => id))]
    expect(ids.sort()).toEqual([setup.finds, ...(setup.also ?? [])].sort())
    const { en, ko } = findings.find(({ id }) => id === setup.finds)!.text
    expect(en.remedy).toContain(setup.remedy)
    for (const text of [en.what, en.remedy, ko.what, ko.remedy])
      expect(text).not.toMatch(/\{\w+\}|undefined|NaN/)
  },
)
