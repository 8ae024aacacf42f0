import { existsSync, readdirSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'

/**
 * Whether a path of a configuration leads to a file, `*` and `?` included. Undefined for an absolute path into a folder
 * that is not on this machine: the server that reads it is on another one.
 */
export function pathExists(path: string, from: string): boolean | undefined {
  const whole = resolve(dirname(from), path)
  const fixed = dirname(whole.replace(/[*?[].*$/s, 'x'))
  if (isAbsolute(path) && !existsSync(fixed)) return undefined
  return expand(whole)
}

function expand(path: string): boolean {
  const parts = path.split(/[\\/]/)
  const index = parts.findIndex((part) => /[*?[]/.test(part))
  if (index < 0) return existsSync(path)
  const folder = parts.slice(0, index).join('/') || '/'
  const pattern = patternOf(parts[index]!)
  return namesIn(folder)
    .filter((name) => pattern.test(name))
    .some((name) => expand(join(folder, name, ...parts.slice(index + 1))))
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function patternOf(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
  try {
    return new RegExp(`^${source}$`)
  } catch {
    return /^$/
  }
}
