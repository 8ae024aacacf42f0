// Builds each package into its dist: ESM for all, CommonJS too for those that applications load. The library is
// bundled into few files, because loading one file takes a quarter of the time of loading a hundred.
// A package whose sources have not changed since its last good build is left alone; `--force` builds it all the
// same. Folders given as arguments limit the build to them.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { build as bundle } from 'rolldown'
import { embeddedNotices, embeddedReaders } from './embedded-readers.mjs'
import { livePage } from './live-page.mjs'
import { threadProgram } from './thread-program.mjs'
import { fail, root } from './workspace.mjs'

// In the order of their dependencies: each is compiled against the declarations of those before it.
const packages = [
  { folder: 'packages/telltale', formats: ['esm', 'cjs'], uses: [], bundled: true },
  { folder: 'packages/prom-client', formats: ['esm', 'cjs'], uses: ['packages/telltale'] },
  { folder: 'packages/cli', formats: ['esm'], uses: ['packages/telltale'] },
  { folder: 'examples/shop', formats: ['esm'], uses: ['packages/telltale'] },
]

const compilerOptions = {
  esm: { module: 'nodenext', moduleResolution: 'nodenext' },
  cjs: { module: 'commonjs', moduleResolution: 'bundler', verbatimModuleSyntax: false },
}

const scratch = join(root, 'node_modules/.cache/telltale-build')
const force = process.argv.includes('--force')
const chosen = process.argv.slice(2).filter((argument) => argument !== '--force')

for (const entry of packages) {
  if (chosen.length > 0 && !chosen.includes(entry.folder)) continue
  const stamp = stampOf(entry)
  if (!force && isFresh(entry, stamp)) continue
  const started = performance.now()
  await buildPackage(entry, stamp)
  linkCommands(entry.folder)
  console.log(`built ${entry.folder} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

/** Compiles beside dist and takes its place only when all formats are whole. */
async function buildPackage({ folder, formats, bundled = false }, stamp) {
  const target = join(root, folder, 'dist')
  const made = join(root, folder, `dist.${process.pid}`)
  try {
    for (const format of formats) {
      compile(folder, format, { outDir: join(made, format), emitDeclarationOnly: bundled })
      if (bundled) await bundleEntries(folder, format, join(made, format))
    }
    if (bundled) writeFileSync(join(made, 'third-party-notices.txt'), embeddedNotices())
    for (const file of Object.values(binOf(folder))) chmodSync(join(made, relative('dist', file)), 0o755)
    const old = `${target}.old.${process.pid}`
    if (existsSync(target)) renameSync(target, old)
    renameSync(made, target)
    rmSync(old, { recursive: true, force: true })
    writeFileSync(stampFile(folder), stamp)
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

function compile(folder, format, { outDir, emitDeclarationOnly }) {
  mkdirSync(scratch, { recursive: true })
  mkdirSync(outDir, { recursive: true })
  const source = join(root, folder, 'src')
  const project = join(scratch, `${folder.replaceAll('/', '-')}.${format}.json`)
  const output = { rootDir: source, outDir, emitDeclarationOnly, noEmitOnError: true }
  const options = { ...compilerOptions[format], ...output }
  writeFileSync(
    project,
    JSON.stringify({
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: options,
      include: [join(source, '**/*.ts')],
    }),
  )
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', project],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  if (status !== 0) {
    rmSync(join(root, folder, `dist.${process.pid}`), { recursive: true, force: true })
    fail(`${folder} does not compile (${format})`)
  }
  // The packages are "type": "module"; this makes Node and TypeScript read the folder as CommonJS.
  if (format === 'cjs') writeFileSync(join(outDir, 'package.json'), '{ "type": "commonjs" }\n')
}

/**
 * One file for each entry of the manifest's exports. All that the main one loads is in one chunk, which the others
 * share: fifteen chunks took half as long again to load.
 */
async function bundleEntries(folder, format, outDir) {
  const { exports } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const built = Object.values(exports).flatMap((target) => target.import?.default ?? [])
  const names = built.map((file) => relative('dist/esm', file).replace(/\.js$/, ''))
  const { output } = await bundle({
    input: Object.fromEntries(names.map((name) => [name, join(root, folder, 'src', `${name}.ts`)])),
    platform: 'node',
    logLevel: 'warn',
    plugins: [threadProgram(), embeddedReaders(), livePage()],
    output: {
      dir: outDir,
      format,
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name].js',
      codeSplitting: {
        groups: [{ name: loadedBy(join(root, folder, 'src/index.ts')), debugName: 'telltale' }],
      },
      // They are in the declarations, and a quarter of what V8 would have to read.
      comments: { jsdoc: false, legal: true, annotation: true },
    },
  })
  for (const { type, fileName, code } of output) {
    if (type === 'chunk') writeFileSync(join(outDir, fileName), inAscii(code))
  }
}

/** Names the chunk of each module that this one imports, at whatever distance, and of no other. */
function loadedBy(main) {
  let loaded
  return (id, modules) => {
    loaded ??= importedFrom(main, modules)
    return loaded.has(id) ? 'telltale' : null
  }
}

function importedFrom(main, modules) {
  const found = new Set()
  const visit = (id) => {
    if (found.has(id)) return
    found.add(id)
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) visit(imported)
  }
  visit(main)
  return found
}

/** A file with one character beyond Latin 1 is two bytes for each of its characters in V8, and is read more slowly. */
function inAscii(code) {
  // Only texts and regular expressions have others, and both may have them escaped.
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** npm links only commands that exist when it installs, which is before the first build. */
function linkCommands(folder) {
  for (const [name, file] of Object.entries(binOf(folder))) {
    const link = join(root, 'node_modules/.bin', name)
    if (process.platform !== 'win32' && !existsSync(link)) {
      rmSync(link, { force: true })
      symlinkSync(relative(dirname(link), join(root, folder, file)), link)
    }
  }
}

function binOf(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')).bin ?? {}
}

/** A hash of everything that the build of a package depends on. */
function stampOf({ folder, uses }) {
  const hash = createHash('sha256')
  const shared = [
    'tsconfig.base.json',
    'scripts/build.mjs',
    'scripts/embedded-readers.mjs',
    'scripts/live-page.mjs',
    'scripts/thread-program.mjs',
    'package-lock.json',
    `${folder}/package.json`,
  ]
  for (const file of [...shared, ...sourcesOf(folder)])
    hash.update(`${file}\0`).update(readFileSync(join(root, file)))
  for (const used of uses) hash.update(builtStamp(used) ?? '')
  return hash.digest('hex')
}

function sourcesOf(folder) {
  return readdirSync(join(root, folder, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}

function isFresh({ folder, formats }, stamp) {
  return (
    builtStamp(folder) === stamp && formats.every((format) => existsSync(join(root, folder, 'dist', format)))
  )
}

function builtStamp(folder) {
  return existsSync(stampFile(folder)) ? readFileSync(stampFile(folder), 'utf8') : undefined
}

function stampFile(folder) {
  return join(scratch, `${folder.replaceAll('/', '-')}.stamp`)
}
