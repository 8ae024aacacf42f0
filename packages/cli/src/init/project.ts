import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { type Entry, findEntry } from './entry.js'
import { type Framework, frameworkOf, unknownFramework } from './framework.js'
import { type PackageManifest, readManifest } from './package-manifest.js'

/** What was found out about a project. */
export interface Project {
  readonly directory: string
  /** Fit for a label of Kubernetes. */
  readonly name: string
  readonly manifest: PackageManifest
  readonly framework: Framework
  readonly unknownFramework: string | undefined
  /** Packages that Telltale watches or has recorders for. */
  readonly drivers: readonly string[]
  readonly typescript: boolean
  readonly promClient: boolean
  readonly installed: boolean
  readonly packageManager: PackageManager
  /** Undefined when it cannot be told. */
  readonly entry: Entry | undefined
  readonly dockerfile: boolean
  /** The line for the shell that starts the application; undefined when nothing says. */
  readonly start: string | undefined
}

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun'

const drivers = [
  'pg',
  'mysql2',
  'mysql',
  'ioredis',
  'redis',
  'bullmq',
  'mongodb',
  'mongoose',
  '@prisma/client',
]

/** Looks at the project in a folder; changes nothing. Rejects with TELLTALE_DEPLOY when there is none. */
export async function lookAt(directory: string): Promise<Project> {
  const manifest = await readManifest(directory)
  const has = (name: string) => Object.hasOwn(manifest.dependencies, name)
  const packageManager = packageManagerOf(directory, manifest)
  const entry = await findEntry(directory, manifest)
  return {
    directory,
    name: labelOf(manifest.name ?? basename(directory)),
    manifest,
    framework: frameworkOf(manifest),
    unknownFramework: unknownFramework(manifest),
    drivers: drivers.filter(has),
    typescript: entry === undefined ? has('typescript') : entry.language === 'typescript',
    promClient: has('prom-client'),
    installed: isInstalled(directory),
    packageManager,
    entry,
    dockerfile: existsSync(join(directory, 'Dockerfile')),
    start: startOf(manifest, packageManager, entry),
  }
}

/** The line that starts an application: its script, or its main file. */
export function startOf(
  { scripts, main }: PackageManifest,
  packageManager: PackageManager,
  entry: Entry | undefined,
): string | undefined {
  const script = ['start', 'dev', 'serve'].find((name) => scripts[name] !== undefined)
  if (script !== undefined) return `${packageManager} run ${script}`
  if (entry?.language === 'javascript') return `node ${entry.path}`
  return main === undefined ? undefined : `node ${main}`
}

/** By the field of the manifest, else by the lock file. */
export function packageManagerOf(directory: string, manifest: PackageManifest): PackageManager {
  const named = /^(npm|pnpm|yarn|bun)@/.exec(manifest.packageManager ?? '')?.[1]
  const known = ['npm', 'pnpm', 'yarn', 'bun'] as const
  const asked = known.find((name) => name === named)
  if (asked !== undefined) return asked
  const has = (file: string) => existsSync(join(directory, file))
  if (has('pnpm-lock.yaml')) return 'pnpm'
  if (has('yarn.lock')) return 'yarn'
  return has('bun.lock') || has('bun.lockb') ? 'bun' : 'npm'
}

function isInstalled(directory: string): boolean {
  try {
    createRequire(join(directory, 'package.json')).resolve('telltale/package.json')
    return true
  } catch {
    return false
  }
}

/** `@acme/My_Shop` becomes `my-shop`. */
function labelOf(name: string): string {
  const label = name
    .replace(/^@[^/]*\//, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '')
  return label === '' ? 'application' : label
}
