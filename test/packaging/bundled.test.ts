import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build as esbuild } from 'esbuild'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import webpack from 'webpack'

const execute = promisify(execFile)

// Each bundler makes one file out of an application and the built library. It runs alone, far from node_modules, and
// has its event loop blocked while a process of its own scrapes it, which only the telemetry thread can answer.
let folder = ''
const library = {
  esm: resolve('packages/telltale/dist/esm/index.js'),
  cjs: resolve('packages/telltale/dist/cjs/index.js'),
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-bundled-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const application = (load: string) => `${load}
import { execFileSync } from 'node:child_process'
const orders = new Counter({ name: 'orders_total', help: 'Orders.' })
new MetricsServer(0, { announce() {} }).start().then(({ port }) => {
  orders.inc(3)
  const scrape = "fetch('http://127.0.0.1:" + port + "/metrics').then(async (answer) => console.log(await answer.text()))"
  process.stdout.write(execFileSync(process.execPath, ['-e', scrape]))
})
`
const entries = {
  esm: application(`import { Counter, MetricsServer } from '${library.esm}'`),
  cjs: application(`import { Counter, MetricsServer } from '${library.cjs}'`),
}

async function entryFile(name: string, format: keyof typeof entries): Promise<string> {
  const file = join(folder, `${name}.entry.mjs`)
  await writeFile(file, entries[format])
  return file
}

/** Bundles for Node.js into one file, and says which. */
type Bundle = (entry: string, output: string) => Promise<unknown>

const bundlers: readonly (readonly [name: string, format: 'esm' | 'cjs', output: string, bundle: Bundle])[] =
  [
    ['esbuild into ESM', 'esm', 'mjs', withEsbuild('esm')],
    ['esbuild into CommonJS', 'esm', 'cjs', withEsbuild('cjs')],
    ['esbuild of the CommonJS form', 'cjs', 'cjs', withEsbuild('cjs')],
    ['webpack into ESM', 'esm', 'mjs', withWebpack('module')],
    ['webpack into CommonJS', 'esm', 'cjs', withWebpack('commonjs2')],
    ['webpack of the CommonJS form', 'cjs', 'cjs', withWebpack('commonjs2')],
    ['rolldown into ESM', 'esm', 'mjs', withRolldown],
  ]

test.each(bundlers)(
  'an application bundled by %s serves from a thread',
  async (name, format, extension, bundle) => {
    const file = name.replaceAll(' ', '-')
    const output = join(folder, `${file}.${extension}`)
    await bundle(await entryFile(file, format), output)
    const { stdout, stderr } = await execute(process.execPath, [output], { cwd: folder })
    expect(stderr).toBe('')
    expect(stdout).toContain('\norders_total 3\n')
    expect(stdout).toMatch(/^telltale_event_loop_blocked_seconds [\d.]+$/m)
  },
)

function withEsbuild(format: 'esm' | 'cjs'): Bundle {
  return (entry, outfile) =>
    esbuild({
      entryPoints: [entry],
      outfile,
      format,
      bundle: true,
      minify: true,
      platform: 'node',
      logLevel: 'silent',
    })
}

function withWebpack(type: 'module' | 'commonjs2'): Bundle {
  return (entry, output) => {
    const compiler = webpack({
      mode: 'production',
      target: 'node20',
      entry,
      experiments: { outputModule: type === 'module' },
      output: { path: folder, filename: output.slice(folder.length + 1), library: { type } },
      plugins: [new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 })],
      performance: false,
    })
    return new Promise<void>((done, failed) => {
      compiler.run((error, stats) => {
        if (error || stats?.hasErrors()) failed(error ?? new Error(stats?.toString('errors-only')))
        else compiler.close(() => done())
      })
    })
  }
}

async function withRolldown(input: string, file: string): Promise<void> {
  const bundle = await rolldown({ input, platform: 'node', logLevel: 'silent' })
  await bundle.write({ file, format: 'esm', minify: true, codeSplitting: false })
}
