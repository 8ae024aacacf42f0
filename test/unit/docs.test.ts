import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { AdvancedPrometheusClient, getMetricsConfig, PrometheusClient, Registry } from 'telltale'
import { collectDefaultMetrics, Registry as PromRegistry } from 'telltale/prom-client'
import { afterAll, describe, expect, test } from 'vitest'
import { allDocuments, anchorsOf, readDocument, root, targetOf } from './markdown.js'

const documents = allDocuments()
const byPath = new Map(documents.map((document) => [document.path, document]))
const registries: Registry[] = []

afterAll(() => {
  for (const registry of registries) registry.clear()
})

/** The files below a folder whose name matches, but for what is installed or built. */
function filesIn(folder: string, named: RegExp): readonly { path: string; text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && named.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** Words as they may name something in code. */
function wordsOf(text: string): readonly string[] {
  return text.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []
}

/** Runtime metrics with this prefix, by name. */
function runtimeMetrics(prefix: string): ReadonlyMap<string, string> {
  const registry = new Registry()
  registries.push(registry)
  const { default: defaults, ...rest } = getMetricsConfig('development')
  new PrometheusClient({ registry, config: { ...rest, default: { ...defaults, prefix } } })
  return new Map(registry.families.map(({ name, type }) => [name, type]))
}

describe('links', () => {
  test.each(documents.map((document) => [document.path, document] as const))(
    'in %s lead to files and headings that exist',
    (_, document) => {
      const broken = document.links.filter((link) => {
        const target = targetOf(document, link)
        if (target === undefined) return false
        if (!existsSync(join(root, target.path))) return true
        const other = byPath.get(target.path)
        return target.anchor !== undefined && !(other && anchorsOf(other).includes(target.anchor))
      })
      expect(broken).toEqual([])
    },
  )

  test('from README.md lead to every page in docs', () => {
    const pages = documents.map(({ path }) => path).filter((path) => path.startsWith('docs/'))
    const linked = readDocument('README.md').links
    expect(pages.filter((path) => !linked.includes(path))).toEqual([])
  })
})

describe('README.ko.md says what README.md says', () => {
  const english = readDocument('README.md')
  const korean = readDocument('README.ko.md')

  test('under the same headings', () => {
    expect(korean.sections.map(({ level }) => level)).toEqual(english.sections.map(({ level }) => level))
  })

  test('with the same programs and commands', () => {
    expect(korean.blocks.map(({ text }) => text)).toEqual(english.blocks.map(({ text }) => text))
  })

  test('with the same links', () => {
    const swapped = english.links.map((link) => (link === 'README.ko.md' ? 'README.md' : link))
    expect([...korean.links].sort()).toEqual(swapped.sort())
  })

  test('with the same names in each section, and as many rows in its tables', () => {
    const names = ({ sections }: typeof english) => sections.map(({ code }) => [...new Set(code)].sort())
    expect(names(korean)).toEqual(names(english))
    expect(korean.rows).toHaveLength(english.rows.length)
  })
})

/** Names that the documentation gives to what is not here: of prom-client, and of the guide's mistakes. */
const elsewhere = new Set(['AggregatorRegistry', 'isImplemented', 'nodejs_nodejs_eventloop_lag_seconds'])

describe('names in the documentation', () => {
  const others = /^(packages\/prom-client|docs\/errors|docs\/benchmarks)/
  const spans = documents
    .filter(({ path }) => !others.test(path))
    .flatMap((document) => document.sections.flatMap(({ code }) => code.map((text) => ({ document, text }))))

  test('of classes, methods, options and metrics exist in the code, the configuration or a scrape', () => {
    const sources = [
      ...filesIn('packages', /\.ts$/).filter(({ path }) => /^packages\/[a-z-]+\/src\//.test(path)),
      ...filesIn('examples', /\.ts$/),
      ...filesIn('deploy', /\.(yml|mjs)$/),
      ...filesIn('scripts', /\.mjs$/),
    ]
    const known = new Set(sources.flatMap(({ text }) => wordsOf(text)))
    for (const prefix of ['nodejs_', 'dev_', 'staging_', 'prod_', 'app_']) {
      for (const name of runtimeMetrics(prefix).keys()) known.add(name)
    }
    const names = [...known]
    const exists = (word: string) =>
      known.has(word) ||
      known.has(word.replace(/_(bucket|sum|count)$/, '')) ||
      (word.endsWith('_') && names.some((name) => name.startsWith(word)))
    const unknown = spans.flatMap(({ document, text }) => {
      const ofItsPrograms = new Set(document.blocks.flatMap((block) => wordsOf(block.text)))
      return wordsOf(text)
        .filter((word) => /[a-z][A-Z]|[a-z]_|^_/.test(word) && !exists(word))
        .filter((word) => !ofItsPrograms.has(word) && !elsewhere.has(word))
        .map((word) => `${document.path}: ${word} in \`${text}\``)
    })
    expect(unknown).toEqual([])
  })

  test('of files and folders exist', () => {
    const paths = spans
      .map(({ text }) => text)
      .filter((text) => /^(packages|examples|test|deploy|docs|scripts)\/[\w./-]+$/.test(text))
    expect(paths.length).toBeGreaterThan(10)
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('of commands are scripts of the workspace', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const commands = spans.flatMap(
      ({ text }) => /^npm (?:run )?(start|test|(?<=run )[a-z:]+)\b/.exec(text)?.[1] ?? [],
    )
    expect(commands.length).toBeGreaterThan(5)
    expect(commands.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })

  test('of the tests behind the twenty defects exist', () => {
    const tests = filesIn('packages', /\.test\.ts$/).map(({ text }) => text)
    const named = spans.flatMap(({ document, text }) =>
      document.path === 'docs/guide.md' && /^\d+\. /.test(text) ? [text] : [],
    )
    expect(new Set(named.map((text) => Number.parseInt(text, 10))).size).toBe(20)
    expect(named.filter((text) => !tests.some((source) => source.includes(text)))).toEqual([])
  })
})

test('docs/runtime-metrics.md has every runtime metric with its type, and no other', () => {
  const rows = readDocument('docs/runtime-metrics.md').rows.flatMap(([name = '', type = '']) =>
    /^`(process|nodejs)_\w+`$/.test(name) ? [[name.slice(1, -1), type] as const] : [],
  )
  const actual = [...runtimeMetrics('')].filter(([name]) => /^(process|nodejs)_/.test(name))
  const sorted = (entries: readonly (readonly [string, string])[]) => Object.fromEntries([...entries].sort())
  expect(sorted(rows)).toEqual(sorted(actual))
})

test('docs/architecture.md lists every floor of telltale, in the order that the test of imports enforces', () => {
  const source = readFileSync(join(root, 'test/structure/imports.test.ts'), 'utf8')
  const [, list = ''] = /const floors = \[([^\]]*)\]/.exec(source) ?? []
  const floors = [...list.matchAll(/'([a-z-]+)'/g)].map((match) => match[1]!)
  const listed = readDocument('docs/architecture.md').rows.flatMap(
    ([name = '']) => /^`([a-z-]+)`$/.exec(name)?.[1] ?? [],
  )
  expect(floors.length).toBeGreaterThan(10)
  expect(listed.filter((name) => floors.includes(name))).toEqual(floors)
})

test('docs/http.md has every metric of the two clients that is not of the runtime', () => {
  const registry = new Registry()
  registries.push(registry)
  new AdvancedPrometheusClient({ registry })
  new PrometheusClient({ registry })
  const names = registry.families.map(({ name }) => name).filter((name) => !/nodejs_|process_/.test(name))
  const page = readFileSync(join(root, 'docs/http.md'), 'utf8')
  expect(names.length).toBeGreaterThan(15)
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

test('the names that only collectDefaultMetrics has are those that docs/runtime-metrics.md gives it', () => {
  const registry = new Registry()
  registries.push(registry)
  collectDefaultMetrics({ register: PromRegistry.over(registry) })
  const plain = runtimeMetrics('')
  const only = registry.families.map(({ name }) => name).filter((name) => !plain.has(name))
  const page = readFileSync(join(root, 'docs/runtime-metrics.md'), 'utf8')
  expect(only).toHaveLength(3)
  expect(only.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

test('the newest version in CHANGELOG.md is the version of every package', () => {
  const newest = readDocument('CHANGELOG.md').sections.find(({ level }) => level === 2)?.title
  for (const folder of ['telltale', 'prom-client', 'cli']) {
    const { version } = JSON.parse(readFileSync(join(root, `packages/${folder}/package.json`), 'utf8'))
    expect(version, folder).toBe(newest)
  }
})
