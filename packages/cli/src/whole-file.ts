import { mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a file, and the folders above it, so that whoever looks, or whoever is interrupted, finds the old text or the
 * new one and never half of it. What is no file, such as a pipe, is written straight. Rejects with the system's error.
 */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const target = await realpath(path).catch(() => path)
  const existing = await stat(target).catch(() => undefined)
  if (existing !== undefined && !existing.isFile()) return writeFile(target, text)
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}.new`)
  try {
    await writeFile(draft, text, { mode: existing?.mode ?? 0o666 })
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
