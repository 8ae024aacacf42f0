import { isBuiltin } from 'node:module'
import { expect, test } from 'vitest'
import {
  foldersIn,
  importsOf,
  readText,
  resolveImport,
  type SourceFile,
  sourceFiles,
} from './source-files.js'

const SOURCE = 'packages/telltale/src'
const LONGEST_FILE = 400
/** What the build turns into a text; nothing imports it. */
const EMBEDDED = `${SOURCE}/serve/web-config/foreign-readers.ts`

/** From the lowest floor to the highest: a floor imports itself and what is before it. */
const floors = [
  'model',
  'metrics',
  'registry',
  'exposition',
  'parse',
  'lint',
  'aggregate',
  'bridge',
  'instrument',
  'push',
  'serve',
  'monitoring',
  'prom-client',
  'application',
  'auto',
  'testing',
]

const telltale = sourceFiles(SOURCE)
const workspaces = ['packages', 'examples'].flatMap((group) =>
  foldersIn(group).map((name) => `${group}/${name}`),
)
const sources = [...workspaces.flatMap((name) => sourceFiles(`${name}/src`)), ...sourceFiles('benchmarks')]

/** The floor of a file; an entry file beside the floors stands above them all. */
function floorOf(path: string): number {
  const [folder, ...rest] = path.slice(SOURCE.length + 1).split('/')
  return rest.length === 0 ? floors.length : floors.indexOf(folder!)
}

const relativeImports = (file: SourceFile) =>
  importsOf(file).flatMap((specifier) => (specifier.startsWith('.') ? [resolveImport(file, specifier)] : []))

test('there are sources to look at', () => {
  expect(telltale.length).toBeGreaterThan(25)
  expect(telltale.flatMap(relativeImports).length).toBeGreaterThan(telltale.length)
})

test('every folder of telltale is a floor', () => {
  expect(telltale.map((file) => file.path).filter((path) => floorOf(path) < 0)).toEqual([])
})

test('no floor of telltale imports a higher one', () => {
  const upward = telltale.flatMap((file) =>
    relativeImports(file)
      .filter((target) => !target.startsWith(`${SOURCE}/`) || floorOf(target) > floorOf(file.path))
      .map((target) => `${file.path} imports ${target}`),
  )
  expect(upward).toEqual([])
})

test('every import of telltale names a file that exists', () => {
  const paths = new Set(telltale.map((file) => file.path))
  const missing = telltale.flatMap((file) =>
    relativeImports(file).flatMap((target) => (paths.has(target) ? [] : [`${file.path} imports ${target}`])),
  )
  expect(missing).toEqual([])
})

/** The circles in what imports what. */
function circlesIn(targets: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>()
  const circles: string[] = []
  const walk = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) circles.push([...trail.slice(trail.indexOf(name)), name].join(' → '))
    if (done.has(name) || trail.includes(name)) return
    for (const target of targets.get(name) ?? []) walk(target, [...trail, name])
    done.add(name)
  }
  for (const name of targets.keys()) walk(name, [])
  return circles
}

test.each(workspaces)('no files of %s import each other in a circle, types included', (workspace) => {
  const files = sourceFiles(`${workspace}/src`)
  expect(circlesIn(new Map(files.map((file) => [file.path, relativeImports(file)])))).toEqual([])
})

test('no folders of the command import each other in a circle', () => {
  const source = 'packages/cli/src'
  // A file beside the folders stands for itself.
  const folderOf = (path: string) => path.slice(source.length + 1).split('/')[0]!
  const targets = new Map<string, string[]>()
  for (const file of sourceFiles(source)) {
    const folder = folderOf(file.path)
    const others = relativeImports(file).flatMap((path) => (folderOf(path) === folder ? [] : folderOf(path)))
    targets.set(folder, [...(targets.get(folder) ?? []), ...others])
  }
  expect(circlesIn(targets)).toEqual([])
})

test('no file or folder has a name that says nothing', () => {
  const vague = /^(utils?|helpers?|managers?|commons?|misc)$/
  const all = [
    ...sources,
    ...workspaces.flatMap((name) => sourceFiles(`${name}/test`)),
    ...sourceFiles('test'),
  ]
  const names = all.flatMap(({ path }) => {
    const parts = path.replace(/(\.test)?\.[cm]?tsx?$/, '').split(/[/.-]/)
    return parts.some((part) => vague.test(part)) ? [path] : []
  })
  expect(names).toEqual([])
})

test('telltale imports nothing but Node.js and its own files, but for what is embedded as text', () => {
  const foreign = telltale.flatMap((file) =>
    (file.path === EMBEDDED ? [] : importsOf(file))
      .filter((name) => !name.startsWith('.') && !(name.startsWith('node:') && isBuiltin(name)))
      .map((name) => `${file.path} imports ${name}`),
  )
  expect(foreign).toEqual([])
})

test('telltale has no dependency at run time', () => {
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
    readText('packages/telltale/package.json'),
  )
  expect({ ...dependencies, ...optionalDependencies }).toEqual({})
})

test(`no source file is longer than ${LONGEST_FILE} lines`, () => {
  const long = sources.flatMap(({ path, text }) => {
    const lines = text.split('\n').length - 1
    return lines > LONGEST_FILE ? [`${path}: ${lines} lines`] : []
  })
  expect(long).toEqual([])
})
