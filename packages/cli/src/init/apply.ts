import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError } from '../command-error.js'
import { fileFaultOf } from '../file-fault.js'
import { writeWholeFile } from '../whole-file.js'
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
  try {
    await writeWholeFile(join(directory, path), text)
  } catch (error) {
    const why = fileFaultOf(error)
    const state = before === 0 ? 'nothing was written' : `${before} files before it were written`
    throw new CommandError(
      'TELLTALE_DEPLOY',
      `${path} cannot be written: ${why}; ${state}. Make the folder writable and run telltale init again`,
    )
  }
}
