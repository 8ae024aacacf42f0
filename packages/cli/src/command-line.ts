import { createRequire } from 'node:module'
import { CommandError } from './command-error.js'
import { commands } from './commands.js'
import { nearest } from './nearest.js'
import { Terminal } from './terminal.js'

const usage = `Usage: telltale <command> [options]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(13)}  ${summary}`)
  .join('\n')}

  telltale <command> --help tells more about a command.
  -h, --help     this text
  -v, --version  the version
`

/**
 * Runs the command that `args` name, as the shell passes them after `telltale`, and resolves with the exit code:
 * 0 fine, 1 something failed, 2 the arguments are wrong. Never rejects for something the user can put right.
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const terminal = new Terminal(process.stdout)
  try {
    return await dispatch(args, terminal)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    const { red } = terminal.colours
    terminal.status('')
    process.stderr.write(`${red('telltale:')} ${error.message}\n`)
    return error.code === 'TELLTALE_USAGE' ? 2 : 1
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args
  if (name === '-v' || name === '--version') return shown(version(), terminal)
  if (name === '-h' || name === '--help') return shown(usage, terminal)
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command !== undefined) return (await command.load())(rest, terminal)
  if (name === undefined) throw new CommandError('TELLTALE_USAGE', `a command is missing\n\n${usage}`)
  const meant = nearest(name, Object.keys(commands))
  const remedy = meant === undefined ? `\n\n${usage}` : `; did you mean telltale ${meant}?`
  throw new CommandError('TELLTALE_USAGE', `there is no command "${name}"${remedy}`)
}

function shown(text: string, terminal: Terminal): number {
  terminal.line(text)
  return 0
}

function version(): string {
  // By its own name, so that it is found from the sources and from the build alike.
  const manifest: unknown = createRequire(import.meta.url)('@telltale/cli/package.json')
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '?'
}
