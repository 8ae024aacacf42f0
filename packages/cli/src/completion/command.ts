import type { RunCommand } from '../command-run.js'
import { StackError } from '../stack/stack-error.js'
import { commandWords } from './command-words.js'
import { completionScript, shells } from './shell-scripts.js'

const usage = `Usage: telltale completion bash|zsh|fish

Prints the script that makes a shell complete the commands and the options of telltale. To have it always:

  bash   echo 'source <(telltale completion bash)' >> ~/.bashrc
  zsh    echo 'source <(telltale completion zsh)' >> ~/.zshrc     behind compinit
  fish   telltale completion fish > ~/.config/fish/completions/telltale.fish

  -h, --help  this text
`

/** `telltale completion`. */
export const run: RunCommand = async (args, terminal) => {
  const [name, ...rest] = args
  if (name === '--help' || name === '-h') {
    terminal.line(usage)
    return 0
  }
  const shell = shells.find((known) => known === name)
  if (shell === undefined || rest.length > 0) {
    const fault =
      name === undefined ? 'the shell is missing' : `"${args.join(' ')}" is no shell that is known`
    throw new StackError(
      'TELLTALE_USAGE',
      `${fault}; give one of ${shells.join(', ')}\nSee telltale completion --help.`,
    )
  }
  terminal.line(completionScript(shell, await commandWords()).trimEnd())
  return 0
}
