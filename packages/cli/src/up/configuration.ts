import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { CommandError } from '../command-error.js'
import { fileFaultOf } from '../file-fault.js'
import { readYaml } from '../yaml-document/index.js'

/**
 * Makes sure that a folder has a configuration that can be read, and tells whether it sends samples elsewhere. Rejects
 * with TELLTALE_DEPLOY, with the remedy.
 */
export async function requireConfiguration(
  folder: string,
  directory: string,
): Promise<{ readonly sends: boolean }> {
  let sends = false
  for (const name of ['prometheus.yml', 'alertmanager.yml']) {
    const file = join(folder, name)
    const shown = relative(directory, file)
    const text = await readFile(file, 'utf8').catch((error: Error) => {
      throw new CommandError(
        'TELLTALE_DEPLOY',
        `${shown} cannot be read: ${fileFaultOf(error)}; telltale init makes it, and --monitoring DIR names another folder`,
      )
    })
    const { problems, root } = readYaml(text)
    const [problem] = problems
    if (problem !== undefined) {
      const { line, column } = problem.place
      throw new CommandError(
        'TELLTALE_DEPLOY',
        `${shown}:${line}:${column} is not valid YAML: ${problem.detail}; repair it, or delete it and run telltale init`,
      )
    }
    if (root?.kind !== 'map') {
      throw new CommandError(
        'TELLTALE_DEPLOY',
        `${shown} is empty or no mapping; delete it and run telltale init, which makes it`,
      )
    }
    sends ||= root.list('remote_write').length > 0
  }
  return { sends }
}
