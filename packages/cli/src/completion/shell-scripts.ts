import type { CommandWords, OptionWords } from './command-words.js'

/** The shells that there is a script for. */
export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** The script that makes a shell complete `telltale`. */
export function completionScript(shell: Shell, words: readonly CommandWords[]): string {
  return { bash, zsh, fish }[shell](words)
}

function bash(words: readonly CommandWords[]): string {
  const names = words.map(({ name }) => name).join(' ')
  const cases = words.map(
    ({ name, options }) => `    ${name}) options='${options.map(({ flag }) => flag).join(' ')}' ;;`,
  )
  const values = uniqueValues(words).map(([flag, list]) => `    ${flag}) values='${list.join(' ')}' ;;`)
  return `# telltale completion bash: source <(telltale completion bash)
_telltale() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" options='' values=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${names} --help --version' -- "$word"))
    return
  fi
  case "$before" in
${values.join('\n')}
  esac
  if [ -n "$values" ]; then
    COMPREPLY=($(compgen -W "$values" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _telltale telltale
`
}

function zsh(words: readonly CommandWords[]): string {
  const list = words.map(({ name, summary }) => `    '${zshText(name)}:${zshText(summary)}'`)
  const cases = words.map(({ name, options }) => {
    const lines = options.map((option) => `        '${zshOption(option)}'`)
    return `      ${name})\n        _arguments \\\n${[...lines, "        '*:file:_files'"].join(' \\\n')}\n        ;;`
  })
  return `#compdef telltale
# telltale completion zsh: source <(telltale completion zsh)
_telltale() {
  local -a commands
  commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _telltale telltale
`
}

function zshOption({ flag, takesValue, values, summary }: OptionWords): string {
  const value = values.length > 0 ? `:value:(${values.join(' ')})` : takesValue ? ':value:_files' : ''
  return `*${flag}[${zshText(summary)}]${value}`
}

/** What has a meaning in a specification of _arguments. */
function zshText(text: string): string {
  return text.replaceAll("'", "'\\''").replace(/[[\]:]/g, '\\$&')
}

function fish(words: readonly CommandWords[]): string {
  const lines = words.flatMap(({ name, summary, options }) => [
    `complete -c telltale -n __fish_use_subcommand -a ${name} -d '${fishText(summary)}'`,
    ...options.map((option) => fishOption(name, option)),
  ])
  return `# telltale completion fish: telltale completion fish | source\n${lines.join('\n')}\n`
}

function fishOption(command: string, { flag, takesValue, values, summary }: OptionWords): string {
  const name = flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`
  const value = values.length > 0 ? ` -x -a '${values.join(' ')}'` : takesValue ? ' -r' : ''
  return `complete -c telltale -n '__fish_seen_subcommand_from ${command}' ${name}${value} -d '${fishText(summary)}'`
}

const fishText = (text: string) => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")

/** Options with a few values have the same ones in every command, or are left to the user. */
function uniqueValues(words: readonly CommandWords[]): readonly (readonly [string, readonly string[]])[] {
  const lists = new Map<string, readonly string[]>()
  for (const { flag, values } of words.flatMap(({ options }) => options)) {
    if (values.length > 0) lists.set(flag, [...new Set([...(lists.get(flag) ?? []), ...values])])
  }
  return [...lists]
}
