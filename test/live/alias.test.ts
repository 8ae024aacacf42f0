import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ParsedText, parseText } from '../support/text-parser.js'
import type { TextFamily } from '../support/text-sample.js'

// Applications with libraries that depend on prom-client, once with prom-client itself and once with the packed
// packages of this workspace in its place. Everything else comes from the npm registry while the test runs, through
// npm's cache: the two installations take about half a minute, and at most three.

const execute = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const INSTALL_MS = 180_000
const PROGRAM_MS = 30_000

const libraries = {
  express: '5.3.0',
  'express-prom-bundle': '8.0.0',
  fastify: '5.12.8',
  // The last one that depends on prom-client 15; 14 depends on its successor, which needs Node.js 22.
  'fastify-metrics': '13.2.1',
  '@nestjs/common': '11.2.10',
  '@nestjs/core': '11.2.10',
  '@nestjs/platform-express': '11.2.10',
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
  '@willsoto/nestjs-prometheus': '6.1.1',
  // The last one that runs on Node.js 20.
  opossum: '8.5.0',
  'opossum-prometheus': '0.3.0',
}

let scratch = ''
const folderOf = (client: 'ours' | 'theirs') => join(scratch, client)

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'telltale-alias-'))
  const packages = ['packages/telltale', 'packages/prom-client']
  await execute(process.execPath, [join(root, 'scripts/build.mjs'), ...packages], { cwd: root })
  const paths = packages.map((path) => `./${path}`)
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', scratch, ...paths], {
    cwd: root,
  })
  const packed = Object.values(JSON.parse(stdout) as Record<string, { filename: string }>)
  const [telltale, surface] = packed.map(({ filename }) => `file:${join(scratch, filename)}`)
  await Promise.all([
    install(folderOf('theirs'), { 'prom-client': '15.1.3' }),
    install(folderOf('ours'), { 'prom-client': surface!, telltale: telltale! }),
  ])
}, INSTALL_MS + 60_000)

afterAll(() => rm(scratch, { recursive: true, force: true }))

/** Installs the libraries with these packages in place of whatever they would install themselves. */
async function install(folder: string, replaced: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder)
  const overrides = Object.fromEntries(Object.keys(replaced).map((name) => [name, `$${name}`]))
  const manifest = {
    name: 'application',
    private: true,
    dependencies: { ...libraries, ...replaced },
    overrides,
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  await cp(fileURLToPath(new URL('alias', import.meta.url)), folder, { recursive: true })
  const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await execute('npm', ['install', ...flags], { cwd: folder, timeout: INSTALL_MS })
}

interface Scrape {
  readonly status: number
  readonly type?: string
  readonly text: string
}

/** What the scrapes of an application gave, by their names. */
async function scrapes(client: 'ours' | 'theirs', program: string): Promise<Record<string, Scrape>> {
  const { stdout } = await execute(process.execPath, [program], {
    cwd: folderOf(client),
    timeout: PROGRAM_MS,
    maxBuffer: 2 ** 26,
  })
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}

const isDefault = (name: string) => /^(\w+_)?(process|nodejs)_/.test(name)

/** On the list of differences of the package. */
const added =
  /nodejs_(eventloop_(active|idle)_seconds_total|heap_size_limit_bytes|http_requests_in_flight|unhandled_errors_total|warnings_total)$|^telltale_/

/** All that must be the same: no times, and of the default metrics only what they are. */
function comparable(parsed: ParsedText) {
  const families = [...parsed.families.values()].filter(({ name }) => !added.test(name))
  return Object.fromEntries(
    families.map((family) => [family.name, isDefault(family.name) ? kindOf(family) : contentOf(family)]),
  )
}

function kindOf({ type }: TextFamily) {
  return { type }
}

function contentOf({ type, help, samples }: TextFamily) {
  const values = samples.map(({ name, labels, value }) => {
    const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))
    const isTime = /_(sum|bucket)$/.test(name) || 'quantile' in labels
    return `${name} ${JSON.stringify(pairs)}${isTime ? '' : ` ${value}`}`
  })
  return { type, help, values: values.sort() }
}

/** The label names of default metrics that have samples in both. */
function labelNames(parsed: ParsedText, other: ParsedText) {
  const shared = [...parsed.families.values()].filter(
    ({ name, samples }) => isDefault(name) && samples.length > 0 && other.families.get(name)?.samples.length,
  )
  const names = (family: TextFamily) => [
    ...new Set(family.samples.flatMap(({ labels }) => Object.keys(labels))),
  ]
  return Object.fromEntries(shared.map((family) => [family.name, names(family).sort()]))
}

const applications: readonly [string, string, Readonly<Record<string, number>>][] = [
  [
    'express-prom-bundle 8',
    'express-prom-bundle.mjs',
    {
      'http_request_duration_seconds_count{status_code=200,method=GET,path=/hello,project=alias}': 2,
      'http_request_duration_seconds_count{status_code=404,method=GET,path=/users/#val,project=alias}': 2,
      'jobs_total{kind=a}': 3,
      'app_up{}': 1,
    },
  ],
  [
    'express-prom-bundle 8 in a cluster',
    'express-prom-bundle-cluster.mjs',
    { 'http_request_duration_seconds_count{status_code=200,path=/hello}': 3, 'up{}': 2 },
  ],
  [
    'fastify-metrics 13',
    'fastify-metrics.mjs',
    {
      'http_request_duration_seconds_count{method=GET,route=/hello,status_code=200,region=north,service=alias}': 2,
      'http_request_duration_seconds_count{method=GET,route=/users/:id,status_code=500,region=north,service=alias}': 1,
    },
  ],
  [
    '@willsoto/nestjs-prometheus 6',
    'nestjs-prometheus.cjs',
    {
      'jobs_total{kind=a,app=alias}': 2,
      'job_seconds_count{kind=a,app=alias}': 2,
      'queue_length{app=alias}': 4,
      'job_sizes_count{app=alias}': 0,
    },
  ],
  [
    'opossum-prometheus 0.3',
    'opossum-prometheus.cjs',
    {
      'alias_circuit{name=backend,event=success}': 3,
      'alias_circuit{name=backend,event=failure}': 1,
      'alias_circuit_perf_count{name=backend,event=success}': 3,
    },
  ],
]

describe.each(applications)('%s with the alias', (_, program, expected) => {
  test('serves the metrics that it serves with prom-client', async () => {
    const [ours, theirs] = await Promise.all([scrapes('ours', program), scrapes('theirs', program)])
    expect(Object.keys(ours)).toEqual(Object.keys(theirs))
    for (const [name, { status, type, text }] of Object.entries(ours)) {
      const parsed = parseText(text)
      // It writes NaN in a way that few read.
      const other = parseText(theirs[name]!.text.replaceAll(' Nan\n', ' NaN\n'))
      expect([status, type]).toEqual([200, theirs[name]!.type])
      expect(comparable(parsed)).toEqual(comparable(other))
      expect(labelNames(parsed, other)).toEqual(labelNames(other, parsed))
    }
    const parsed = parseText(ours.metrics!.text)
    const found = Object.keys(expected).map((sample) => [sample, parsed.value(...named(sample))])
    expect(Object.fromEntries(found)).toEqual(expected)
  })
})

function named(sample: string): [string, Record<string, string>] {
  const [name, pairs] = sample.slice(0, -1).split('{')
  const labels = pairs!.split(',').filter(Boolean)
  return [name!, Object.fromEntries(labels.map((pair) => pair.split('=') as [string, string]))]
}
