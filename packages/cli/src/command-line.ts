import { createRequire } from 'node:module'
import { StackError } from './stack/stack-error.js'
import { start } from './start/start.js'
import { parseStart, startUsage } from './start/start-options.js'
import { Terminal } from './start/terminal.js'

const usage = `Usage: telltale <command> [options]

  start          run an application with Prometheus, Alertmanager and node_exporter around it

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
    if (!(error instanceof StackError)) throw error
    const { red } = terminal.colours
    terminal.status('')
    process.stderr.write(`${red('telltale:')} ${error.message}\n`)
    return error.code === 'TELLTALE_USAGE' ? 2 : 1
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const [command, ...rest] = args
  switch (command) {
    case 'start': {
      const options = parseStart(rest, process.cwd())
      if (options !== undefined) return start(options, terminal)
      terminal.line(startUsage)
      return 0
    }
    case '-v':
    case '--version':
      terminal.line(version())
      return 0
    case '-h':
    case '--help':
      terminal.line(usage)
      return 0
    default:
      throw new StackError(
        'TELLTALE_USAGE',
        `${command === undefined ? 'a command is missing' : `there is no command "${command}"`}\n\n${usage}`,
      )
  }
}

function version(): string {
  // By its own name, so that it is found from the sources and from the build alike.
  const manifest: unknown = createRequire(import.meta.url)('@telltale/cli/package.json')
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '?'
}
