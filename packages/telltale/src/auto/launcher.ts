import { basename } from 'node:path'

/** Packages whose programs start others and are no application themselves, as far as they run in Node.js. */
const LAUNCHERS: ReadonlySet<string> = new Set([
  'npm',
  'npx',
  'yarn',
  'pnpm',
  'corepack',
  'lerna',
  'nx',
  'turbo',
  'npm-run-all',
  'npm-run-all2',
  'concurrently',
  'cross-env',
  'dotenv-cli',
  'env-cmd',
  'nodemon',
  'tsx',
  'ts-node-dev',
  '@nestjs/cli',
  'forever',
  'pm2',
])

/** Package managers that are not below a `node_modules`. */
const MANAGER_FILE = /^(npm|npx|yarn|pnpm|pnpx|corepack)(-cli|-\d[\w.-]*)?(\.c?js|\.mjs)?$/

/** The programs of PM2 in which applications run. */
const PM2_CONTAINER = /^ProcessContainer/

/**
 * Whether a program only starts others: package managers, watchers, process managers. With `NODE_OPTIONS`, they load what
 * is meant for the application that they start.
 *
 * @param path of the file, symbolic links resolved
 */
export function isLauncher(path: string): boolean {
  const file = basename(path)
  if (PM2_CONTAINER.test(file)) return false
  return MANAGER_FILE.test(file) || LAUNCHERS.has(packageOf(path) ?? '')
}

/** The package that a file belongs to, when it is an installed one. */
function packageOf(path: string): string | undefined {
  const parts = path.split(/[\\/]/)
  const [scope, name] = parts.slice(parts.lastIndexOf('node_modules') + 1)
  if (!parts.includes('node_modules') || scope === undefined) return undefined
  return scope.startsWith('@') ? `${scope}/${name}` : scope
}
