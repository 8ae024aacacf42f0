import { access, readdir } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'

/** The files that a pattern of Prometheus means (`*`, `?`, `[…]`, in any part of the path), sorted. */
export async function filesMatching(pattern: string, folder: string): Promise<readonly string[]> {
  const [root = '', ...parts] = resolve(folder, pattern).split(sep)
  let paths = [root === '' ? sep : root + sep]
  for (const part of parts) {
    const found = await Promise.all(paths.map((path) => entriesMatching(path, part)))
    paths = found.flat()
  }
  return paths.sort()
}

async function entriesMatching(folder: string, part: string): Promise<readonly string[]> {
  if (!/[*?[]/.test(part)) {
    const path = join(folder, part)
    return access(path).then(
      () => [path],
      () => [],
    )
  }
  const expression = new RegExp(
    `^${[...part.matchAll(/\[[^\]]+\]|[\s\S]/g)].map(([piece]) => asRegExp(piece)).join('')}$`,
  )
  const entries = await readdir(folder).catch(() => [])
  return entries.filter((entry) => expression.test(entry)).map((entry) => join(folder, entry))
}

function asRegExp(piece: string): string {
  if (piece === '*') return '[^/]*'
  if (piece === '?') return '[^/]'
  return piece.length > 1 ? piece : piece.replace(/[.*+?^${}()|[\]\\/-]/, '\\$&')
}
