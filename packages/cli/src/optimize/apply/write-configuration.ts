import { copyFile, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { CommandError } from '../../command-error.js'
import { fileFaultOf } from '../../file-fault.js'
import { findInstallation } from '../../stack/installation.js'
import { runCommand } from '../../stack/run-command.js'
import { prometheusServer } from '../../stack/server-kind.js'

/** What was written. */
export interface WrittenConfiguration {
  readonly file: string
  readonly backup: string
  /** Whether promtool looked at it before. */
  readonly checked: boolean
}

/** Reads the prometheus.yml of --config. Rejects with TELLTALE_USAGE. */
export async function readConfiguration(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    const reason = fileFaultOf(error)
    throw new CommandError(
      'TELLTALE_USAGE',
      `--config ${file} cannot be read: ${reason}; give the prometheus.yml of the server`,
    )
  })
}

/**
 * Puts a new text in the place of a configuration: the old one is kept beside it, promtool checks the new one where it
 * is installed, and a reader sees one or the other, never half. Rejects with TELLTALE_DEPLOY, and nothing is changed.
 */
export async function writeConfiguration(file: string, text: string): Promise<WrittenConfiguration> {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const backup = `${file}.${stamp}.bak`
  const draft = join(dirname(file), `.${basename(file)}.${stamp}.new`)
  try {
    const { mode } = await stat(file)
    await writeFile(draft, text, { mode })
    const checked = await check(draft, file)
    await copyFile(file, backup)
    await rename(draft, file)
    return { file, backup, checked }
  } catch (error) {
    await rm(draft, { force: true })
    if (error instanceof CommandError) throw error
    const reason = fileFaultOf(error)
    throw new CommandError('TELLTALE_DEPLOY', `${file} cannot be written: ${reason}; it is as it was`)
  }
}

async function check(draft: string, file: string): Promise<boolean> {
  const installation = findInstallation(prometheusServer, { store: join(process.cwd(), '.servers') })
  if (installation === undefined) return false
  const result = await runCommand(installation.command('promtool'), ['check', 'config', draft], {
    env: installation.environment(),
    within: 30_000,
  })
  if (result.code === 0) return true
  throw new CommandError(
    'TELLTALE_DEPLOY',
    `promtool refuses ${file} with the change, so it is as it was:\n${result.tail.map((line) => `    ${line}`).join('\n')}`,
  )
}
