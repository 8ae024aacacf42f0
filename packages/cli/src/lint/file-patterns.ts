import { existsSync, readdirSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve, sep } from 'node:path'

/** The files that a pattern of Prometheus means (`*`, `?`, `[…]`, in any part of the path), sorted. */
export function filesMatching(pattern: string, folder: string): readonly string[] {
  const [root = '', ...parts] = resolve(folder, pattern).split(sep)
  let paths: readonly string[] = [root === '' ? sep : root + sep]
  for (const part of parts) paths = paths.flatMap((path) => entriesMatching(path, part))
  return paths.toSorted()
}

/**
 * Whether a path of the configuration `from` leads to a file, patterns included. Undefined for an absolute path into a
 * folder that is not on this machine: the server that reads it is on another one.
 */
export function pathExists(path: string, from: string): boolean | undefined {
  const fixed = dirname(path.replace(/[*?[].*$/s, 'x'))
  if (isAbsolute(path) && !existsSync(fixed)) return undefined
  return filesMatching(path, dirname(from)).length > 0
}

function entriesMatching(folder: string, part: string): readonly string[] {
  if (!/[*?[]/.test(part)) {
    const path = join(folder, part)
    return existsSync(path) ? [path] : []
  }
  const pieces = [...part.matchAll(/\[[^\]]+\]|[\s\S]/g)]
  const expression = new RegExp(`^${pieces.map(([piece]) => asRegExp(piece)).join('')}$`)
  return namesIn(folder)
    .filter((name) => expression.test(name))
    .map((name) => join(folder, name))
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function asRegExp(piece: string): string {
  if (piece === '*') return '[^/]*'
  if (piece === '?') return '[^/]'
  return piece.length > 1 ? piece : piece.replace(/[.*+?^${}()|[\]\\/-]/, '\\$&')
}
