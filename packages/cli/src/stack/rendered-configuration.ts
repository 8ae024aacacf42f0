import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, isAbsolute, join } from 'node:path'
import { type Document, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml'
import { CommandError } from '../command-error.js'

/** The rules that are loaded beside those that prometheus.yml names, when the folder has them. */
const besides = ['better_rules.yml']

/** The addresses that the files in `deploy/` use, and that stand for the real ones. */
const standard = {
  metrics: 'localhost:9090',
  nodeExporter: 'localhost:9100',
  alertmanager: 'alertmanager:9093',
  prometheus: 'localhost:9091',
  webhook: 'http://localhost:5001/alerts',
} as const

export interface RealAddresses {
  /** host:port of the application's metrics. */
  readonly metrics: string
  /** host:port; without it the job that scrapes it is left out. */
  readonly nodeExporter?: string | undefined
  /** host:port; without it alerts are evaluated and sent nowhere. */
  readonly alertmanager?: string | undefined
  /** host:port of Prometheus itself. */
  readonly prometheus?: string | undefined
  /** URL of the webhook. */
  readonly webhook: string
}

/**
 * Writes `prometheus.yml` from `deploy` into `into`, with the addresses that are really used, and gives its path.
 * `remote_write` is left out: what is tried on one machine goes to no storage of others.
 */
export async function renderPrometheus(deploy: string, into: string, real: RealAddresses): Promise<string> {
  const document = await readYaml(join(deploy, 'prometheus.yml'))
  if (real.nodeExporter === undefined) removeJobsOf(document, standard.nodeExporter)
  if (real.alertmanager === undefined) {
    document.deleteIn(['alerting'])
    removeJobsOf(document, standard.alertmanager)
  }
  if (isMap(document.contents)) document.contents.delete('remote_write')
  replaceScalars(document, real)
  resolveRuleFiles(document, deploy)
  watchServers(document, real)
  resolveNamedFiles(document, deploy)
  return writeYaml(document, join(into, 'prometheus.yml'), deploy)
}

/** Writes `alertmanager.yml` from `deploy` into `into`, with the address of the real webhook. */
export async function renderAlertmanager(deploy: string, into: string, real: RealAddresses): Promise<string> {
  const document = await readYaml(join(deploy, 'alertmanager.yml'))
  replaceScalars(document, real)
  resolveNamedFiles(document, deploy)
  return writeYaml(document, join(into, 'alertmanager.yml'), deploy)
}

async function readYaml(file: string): Promise<Document> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandError(
      'TELLTALE_DEPLOY',
      `${file} cannot be read; name a folder that has it with --deploy`,
    )
  })
  const document = parseDocument(text, { version: '1.1' })
  const [error] = document.errors
  if (error !== undefined)
    throw new CommandError('TELLTALE_DEPLOY', `${file} is not valid YAML: ${error.message}`)
  return document
}

async function writeYaml(document: Document, file: string, deploy: string): Promise<string> {
  const header = `# Made by telltale start from ${join(deploy, basename(file))}, with the addresses really used.\n`
  await writeFile(file, header + document.toString({ lineWidth: 0 }))
  return file
}

function replaceScalars(document: Document, real: RealAddresses): void {
  const addresses = new Map<unknown, string | undefined>([
    [standard.metrics, real.metrics],
    [standard.nodeExporter, real.nodeExporter],
    [standard.alertmanager, real.alertmanager],
    [standard.prometheus, real.prometheus],
    [standard.webhook, real.webhook],
  ])
  visit(document, {
    Scalar(_, node) {
      node.value = addresses.get(node.value) ?? node.value
    },
  })
}

function removeJobsOf(document: Document, target: string): void {
  const jobs = document.get('scrape_configs')
  if (!isSeq(jobs)) return
  jobs.items = jobs.items.filter((job) => !isMap(job) || !JSON.stringify(job).includes(`"${target}"`))
}

/** Rules about the servers themselves need their metrics: a job is added for each that none scrapes. */
function watchServers(document: Document, { prometheus, alertmanager }: RealAddresses): void {
  const jobs = document.get('scrape_configs')
  if (prometheus === undefined || !isSeq(jobs)) return
  for (const [name, target] of Object.entries({ prometheus, alertmanager })) {
    const isScraped = jobs.items.some((job) => JSON.stringify(job).includes(`"${target}"`))
    if (target === undefined || isScraped) continue
    jobs.add(document.createNode({ job_name: name, static_configs: [{ targets: [target] }] }))
  }
}

/** Rule files are named from the file that names them; the rendered one lies elsewhere. */
function resolveRuleFiles(document: Document, deploy: string): void {
  const files = document.get('rule_files')
  if (!isSeq(files)) return
  for (const file of files.items) {
    if (isScalar(file) && typeof file.value === 'string' && !isAbsolute(file.value)) {
      file.value = join(deploy, file.value)
    }
  }
  for (const name of besides) {
    const file = join(deploy, name)
    if (existsSync(file)) files.add(document.createNode(file))
  }
}

/** Secrets and certificates are named from the file that names them, too. */
function resolveNamedFiles(document: Document, deploy: string): void {
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !/_file$/.test(String(key.value)) || !isScalar(value)) return
      if (typeof value.value === 'string' && !isAbsolute(value.value)) value.value = join(deploy, value.value)
    },
  })
}
