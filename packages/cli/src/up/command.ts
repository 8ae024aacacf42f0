import { CommandError } from '../command-error.js'
import type { RunCommand } from '../command-run.js'
import { findEntry } from '../init/entry.js'
import { readManifest } from '../init/package-manifest.js'
import { packageManagerOf, startOf } from '../init/project.js'
import { start } from '../start/start.js'
import { requireConfiguration } from './configuration.js'
import { shellLine } from './shell-line.js'
import { parseUp, type UpOptions, upUsage } from './up-options.js'

/** `telltale up`. */
export const run: RunCommand = async (args, terminal) => {
  const options = parseUp(args, process.cwd())
  if (options === undefined) {
    terminal.line(upUsage)
    return 0
  }
  const { directory, monitoring, ports } = options
  const app = await applicationLine(options)
  const { sends } = await requireConfiguration(monitoring, directory)
  const note = (text: string) => terminal.line(`  ${terminal.colours.dim('·')} ${text}`)
  note(app)
  if (sends) note('remote_write is left out: nothing is sent anywhere from here')
  return start(
    {
      app,
      ports,
      traffic: false,
      keepData: options.keepData,
      offline: options.offline,
      deploy: monitoring,
      directory,
      calledAs: 'telltale up',
    },
    terminal,
  )
}

/** The command that was given, else what the project says. */
async function applicationLine({ directory, command }: UpOptions): Promise<string> {
  if (command.length > 0) return shellLine(command)
  const manifest = await readManifest(directory)
  const entry = await findEntry(directory, manifest)
  const line = startOf(manifest, packageManagerOf(directory, manifest), entry)
  if (line !== undefined) return line
  throw new CommandError(
    'TELLTALE_USAGE',
    'package.json has no script start, dev or serve and no main file; give the command: telltale up -- node server.js',
  )
}
