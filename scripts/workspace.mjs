// What start and test share: a Node that is new enough, installed packages, a fresh build.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const oldestNode = [20, 19]

/** Ends the process with one line when this Node is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  fail(`Node.js ${oldestNode.join('.')} or later is needed, and this is ${process.versions.node}`)
}

/** Runs `npm ci` unless every package of package-lock.json is installed in its version. */
export function install() {
  const reason = whatIsNotInstalled()
  if (reason === undefined) return
  console.log(`installing packages: ${reason}`)
  const npm = process.env.npm_execpath
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']]
  run(command, args, 'npm ci failed')
}

/** Builds what is not built from the sources that are there. */
export function build() {
  run(process.execPath, [join(root, 'scripts/build.mjs')], 'the build failed')
}

/** Prints one line and ends the process. */
export function fail(message) {
  console.error(`telltale: ${message}`)
  process.exit(1)
}

function run(command, args, message) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (status === 0) return
  if (signal !== null && error === undefined) process.exit(1)
  fail(error === undefined ? message : `${message}: ${error.message}`)
}

function whatIsNotInstalled() {
  const installedFile = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(installedFile)) return 'there is no node_modules'
  const installed = packagesIn(installedFile)
  for (const [path, wanted] of Object.entries(packagesIn(join(root, 'package-lock.json')))) {
    // Optional packages are those of other platforms; the rest of the paths are the workspaces themselves.
    if (!path.startsWith('node_modules/') || wanted.optional || wanted.devOptional) continue
    if (installed[path]?.version !== wanted.version) return `${path.slice(13)} is not as in package-lock.json`
  }
  return undefined
}

function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
}
