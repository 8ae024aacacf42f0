import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CommandError } from '../command-error.js'
import { isWritten } from './change.js'
import type { InitPlan } from './init-plan.js'
import { ownershipFile, ownershipText } from './ownership.js'

/** Writes what a plan says, and what is remembered of it. Rejects with TELLTALE_DEPLOY, which says how far it came. */
export async function applyPlan(plan: InitPlan): Promise<readonly string[]> {
  const { directory } = plan.project
  const written: string[] = []
  for (const { path, after } of plan.changes.filter(isWritten)) {
    await write(directory, path, after, written.length)
    written.push(path)
  }
  const text = ownershipText(plan.ownership)
  const known = await readFile(join(directory, ownershipFile), 'utf8').catch(() => undefined)
  if (known !== text) await write(directory, ownershipFile, text, written.length)
  return written
}

async function write(directory: string, path: string, text: string, before: number): Promise<void> {
  const file = join(directory, path)
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const state = before === 0 ? 'nothing was written' : `${before} files before it were written`
    throw new CommandError(
      'TELLTALE_DEPLOY',
      `${path} cannot be written: ${why}; ${state}. Make the folder writable and run telltale init again`,
    )
  }
}
