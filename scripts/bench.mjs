// Builds the packages and the benchmarks, runs them, and writes docs/benchmarks.md when everything was measured.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
const everything = !args.some((arg) => arg.startsWith('--only'))

run('node', ['scripts/build.mjs'])
run('npx', ['tsc', '-p', 'benchmarks/tsconfig.build.json'])
run('node', ['benchmarks/dist/run.js', ...(everything ? ['--write', 'docs/benchmarks.md'] : []), ...args])

function run(command, options) {
  const { status } = spawnSync(command, options, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
