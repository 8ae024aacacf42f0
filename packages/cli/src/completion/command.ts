import { CommandArguments } from '../command-arguments.js'
import { helpText } from '../command-help.js'
import type { RunCommand } from '../command-run.js'
import { commandWords, type KnownCommands } from './command-words.js'
import { completionScript, shells } from './shell-scripts.js'

const command = new CommandArguments('completion')

const flags = { help: { type: 'boolean', short: 'h', default: false } } as const

const usage = helpText({
  usage: 'completion bash|zsh|fish [options]',
  about: 'Prints the script that makes a shell complete the commands and the options of telltale.',
  options: '  -h, --help  this text',
  examples: `  echo 'source <(telltale completion bash)' >> ~/.bashrc
  echo 'source <(telltale completion zsh)' >> ~/.zshrc               behind compinit
  telltale completion fish > ~/.config/fish/completions/telltale.fish`,
})

/** `telltale completion`, for these commands. */
export function completionOf(commands: KnownCommands): RunCommand {
  return async (args, terminal) => {
    const { values, positionals } = command.parse({ args: [...args], options: flags, allowPositionals: true })
    if (values.help) {
      terminal.line(usage)
      return 0
    }
    const name = command.atMostOne(positionals, 'shells', `give one of ${shells.join(', ')}`)
    if (name === undefined) throw command.fault(`the shell is missing; give one of ${shells.join(', ')}`)
    const shell = shells.find((known) => known === name)
    if (shell === undefined)
      throw command.fault(`"${name}" is no shell that is known; give one of ${shells.join(', ')}`)
    terminal.line(completionScript(shell, await commandWords(commands)).trimEnd())
    return 0
  }
}
