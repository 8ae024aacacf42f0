import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ChildGroup, PrometheusApi, prometheusServer, startPrometheusServer } from '@telltale/cli'
import { stringify } from 'yaml'
import { freePort } from '../../support/free-ports.js'
import { installed } from './installed.js'
import { testFolder } from './test-folder.js'

export interface ScrapeJob {
  readonly name: string
  /** host:port */
  readonly targets: readonly string[]
  readonly path?: string
  /** Further settings of the job, under Prometheus' names. */
  readonly settings?: Readonly<Record<string, unknown>>
}

export interface PrometheusOptions {
  readonly jobs: readonly ScrapeJob[]
  /** The text of rule files. */
  readonly rules?: readonly string[]
  /** URL of an Alertmanager. */
  readonly alertmanager?: string
  /** Of scrapes and of rules. Default 1s. */
  readonly interval?: string
  readonly flags?: readonly string[]
}

/** A Prometheus of a test's own: a free port, a temporary folder, one scrape a second. */
export class TestPrometheus {
  readonly url: string
  readonly api: PrometheusApi
  readonly #group: ChildGroup
  readonly #folder: Awaited<ReturnType<typeof testFolder>>

  private constructor(url: string, group: ChildGroup, folder: Awaited<ReturnType<typeof testFolder>>) {
    this.url = url
    this.api = new PrometheusApi(url)
    this.#group = group
    this.#folder = folder
  }

  static async start(options: PrometheusOptions): Promise<TestPrometheus> {
    const installation = await installed(prometheusServer)
    const folder = await testFolder('prometheus')
    const group = new ChildGroup()
    await writeConfiguration(folder.path, options)
    const { url } = await startPrometheusServer(group, installation, {
      port: await freePort(),
      configFile: join(folder.path, 'prometheus.yml'),
      dataFolder: join(folder.path, 'data'),
      flags: options.flags ?? [],
    })
    return new TestPrometheus(url, group, folder)
  }

  /** Replaces the configuration while it runs. */
  async reload(options: PrometheusOptions): Promise<void> {
    await writeConfiguration(this.#folder.path, options)
    const response = await fetch(`${this.url}/-/reload`, { method: 'POST' })
    if (!response.ok) throw new Error(`Prometheus refused its new configuration: ${await response.text()}`)
  }

  async stop(): Promise<void> {
    await this.#group.stop()
    await this.#folder.remove()
  }
}

/** The text of a rule file with every `for` replaced, so that a test need not wait for minutes. */
export async function rulesWithFor(file: string, duration: string): Promise<string> {
  return (await readFile(file, 'utf8')).replace(/^(\s+for:) .*$/gm, `$1 ${duration}`)
}

async function writeConfiguration(folder: string, options: PrometheusOptions): Promise<void> {
  const { jobs, rules = [], alertmanager, interval = '1s' } = options
  const files = rules.map((_, index) => join(folder, `rules-${index}.yml`))
  await Promise.all(rules.map((text, index) => writeFile(files[index]!, text)))
  const configuration = {
    global: { scrape_interval: interval, scrape_timeout: interval, evaluation_interval: interval },
    rule_files: files,
    ...(alertmanager === undefined
      ? {}
      : { alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager).host] }] }] } }),
    scrape_configs: jobs.map(({ name, targets, path = '/metrics', settings = {} }) => ({
      job_name: name,
      metrics_path: path,
      static_configs: [{ targets }],
      ...settings,
    })),
  }
  await writeFile(join(folder, 'prometheus.yml'), stringify(configuration, { version: '1.1', lineWidth: 0 }))
}
