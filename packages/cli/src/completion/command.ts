import { CommandError } from '../command-error.js'
import type { RunCommand } from '../command-run.js'
import { commandWords, type KnownCommands } from './command-words.js'
import { completionScript, shells } from './shell-scripts.js'

const usage = `Usage: telltale completion bash|zsh|fish

Prints the script that makes a shell complete the commands and the options of telltale. To have it always:

  bash   echo 'source <(telltale completion bash)' >> ~/.bashrc
  zsh    echo 'source <(telltale completion zsh)' >> ~/.zshrc     behind compinit
  fish   telltale completion fish > ~/.config/fish/completions/telltale.fish

  -h, --help  this text

Exit code: 0 done, 1 something failed, 2 wrong arguments.
`

/** `telltale completion`, for these commands. */
export function completionOf(commands: KnownCommands): RunCommand {
  return async (args, terminal) => {
    const [name, ...rest] = args
    if (name === '--help' || name === '-h') {
      terminal.line(usage)
      return 0
    }
    const shell = shells.find((known) => known === name)
    if (shell === undefined || rest.length > 0) throw unknownShell(args)
    terminal.line(completionScript(shell, await commandWords(commands)).trimEnd())
    return 0
  }
}

function unknownShell(args: readonly string[]): CommandError {
  const fault = args.length === 0 ? 'the shell is missing' : `"${args.join(' ')}" is no shell that is known`
  return new CommandError(
    'TELLTALE_USAGE',
    `${fault}; give one of ${shells.join(', ')}\nSee telltale completion --help.`,
  )
}
