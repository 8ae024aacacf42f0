import { join } from 'node:path'
import { ChildGroup, statusOf, until, victoriaMetricsServer } from '@telltale/cli'
import { freePort } from '../../support/free-ports.js'
import { installed } from './installed.js'
import { testFolder } from './test-folder.js'

/** One series. */
export interface Exported {
  readonly metric: Readonly<Record<string, string>>
  readonly values: readonly number[]
}

/** A VictoriaMetrics of a test's own on the loopback address and a free port. */
export class TestVictoriaMetrics {
  readonly url: string
  readonly #group: ChildGroup
  readonly #folder: Awaited<ReturnType<typeof testFolder>>

  private constructor(url: string, group: ChildGroup, folder: Awaited<ReturnType<typeof testFolder>>) {
    this.url = url
    this.#group = group
    this.#folder = folder
  }

  static async start(): Promise<TestVictoriaMetrics> {
    const installation = await installed(victoriaMetricsServer)
    const folder = await testFolder('victoria-metrics')
    const address = `127.0.0.1:${await freePort()}`
    const url = `http://${address}`
    const group = new ChildGroup()
    await group.start({
      name: 'VictoriaMetrics',
      command: installation.command('victoria-metrics'),
      args: [
        `-httpListenAddr=${address}`,
        `-storageDataPath=${join(folder.path, 'data')}`,
        '-retentionPeriod=1',
      ],
      env: installation.environment(),
      ready: async () => (await statusOf(`${url}/health`)) === 200,
    })
    return new TestVictoriaMetrics(url, group, folder)
  }

  /** Waits for series that a selector names, and resolves with the labels and the values of each. */
  export(selector: string): Promise<readonly Exported[]> {
    return until(() => this.#export(selector), {
      what: `series ${selector} in VictoriaMetrics`,
      within: 30_000,
    })
  }

  async #export(selector: string): Promise<readonly Exported[] | undefined> {
    // What was written in the last seconds is not to be seen before it is flushed.
    await fetch(`${this.url}/internal/force_flush`)
    const response = await fetch(`${this.url}/api/v1/export?match[]=${encodeURIComponent(selector)}`)
    const lines = (await response.text()).split('\n').filter((line) => line !== '')
    return lines.length === 0 ? undefined : lines.map((line): Exported => JSON.parse(line))
  }

  async stop(): Promise<void> {
    await this.#group.stop()
    await this.#folder.remove()
  }
}
