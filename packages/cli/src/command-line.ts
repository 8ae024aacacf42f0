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
  -v, --version  the version`

/**
 * Runs the command that `args` name, as the shell passes them after `telltale`, and resolves with the exit code:
 * 0 fine, 1 something failed, 2 the arguments are wrong. Never rejects: an error is told in a line, and a fault of the
 * command itself with its stack only where TELLTALE_STACK is set.
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const terminal = new Terminal(process.stdout)
  try {
    return await dispatch(args, terminal)
  } catch (error) {
    terminal.status('')
    process.stderr.write(`${terminal.colours.red('telltale:')} ${messageOf(error)}\n`)
    return error instanceof CommandError && error.code === 'TELLTALE_USAGE' ? 2 : 1
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // A code of ours, or one of the system's; those of Node.js itself begin with ERR_ and are nobody else's mistake.
  if ('code' in error && /^(?:TELLTALE_\w+|E[A-Z0-9]+)$/.test(String(error.code))) return error.message
  const told = `${error.name}: ${error.message}`
  if (process.env.TELLTALE_STACK) return error.stack ?? told
  return `${told}\nThis is a fault of telltale itself. With TELLTALE_STACK=1 it says where: please report that.`
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args[0] === 'help' ? helpOf(args[1]) : args
  if (name === '-v' || name === '--version') return shown(version(), terminal)
  if (name === '-h' || name === '--help') return shown(usage, terminal)
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command !== undefined) return (await command.load())(rest, terminal)
  if (name === undefined) throw new CommandError('TELLTALE_USAGE', `a command is missing\n\n${usage}`)
  const isOption = name.startsWith('-')
  const meant = nearest(name, isOption ? ['--help', '--version'] : Object.keys(commands))
  const remedy = meant === undefined ? `\n\n${usage}` : `; did you mean telltale ${meant}?`
  throw new CommandError(
    'TELLTALE_USAGE',
    `there is no ${isOption ? 'option' : 'command'} "${name}"${remedy}`,
  )
}

/** `telltale help lint` is `telltale lint --help`. */
function helpOf(name: string | undefined): readonly string[] {
  return name === undefined ? ['--help'] : [name, '--help']
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
