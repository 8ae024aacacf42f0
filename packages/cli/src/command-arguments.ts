import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Language, languageOf, languages } from './finding/language.js'
import { nearest } from './promql/index.js'
import { StackError } from './stack/stack-error.js'

/** Reads the arguments behind a command's name; what is wrong with them is told with where to read more. */
export class CommandArguments {
  readonly #command: string

  /** `command` as in `telltale lint`. */
  constructor(command: string) {
    this.#command = command
  }

  /** As `parseArgs`. Throws TELLTALE_USAGE. */
  parse<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
    try {
      return parseArgs(config)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      throw this.fault(inOurWords(error.message, Object.keys(config.options ?? {})))
    }
  }

  /** The one of `known` that `text` is. Throws TELLTALE_USAGE. */
  choice<T extends string>(flag: string, text: string, known: readonly T[]): T {
    const found = known.find((value) => value === text)
    if (found !== undefined) return found
    throw this.fault(`--${flag} is "${text}"; give ${known.join(', ').replace(/, ([^,]+)$/, ' or $1')}`)
  }

  /** The language of `--language`, or that of the environment. Throws TELLTALE_USAGE. */
  language(text: string | undefined): Language {
    return text === undefined ? languageOf(process.env) : this.choice('language', text, languages)
  }

  /** TELLTALE_USAGE, to be thrown. */
  fault(message: string): StackError {
    return new StackError('TELLTALE_USAGE', `${message}\nSee telltale ${this.#command} --help.`)
  }
}

/** What `parseArgs` says, with what to do about it. */
function inOurWords(message: string, names: readonly string[]): string {
  const [, option, name] = /^Unknown option '(--?([^']+))'/.exec(message) ?? []
  if (option !== undefined && name !== undefined) {
    const meant = option.startsWith('--') ? nearest(name, names) : undefined
    return `there is no option ${option}${meant === undefined ? '' : `; did you mean --${meant}?`}`
  }
  const [, positional] = /^Unexpected argument '(.*)'\. This command does not/.exec(message) ?? []
  if (positional !== undefined) return `"${positional}" is no option, and this command takes nothing else`
  const [, without] = /^Option '(.+) <value>' argument missing/.exec(message) ?? []
  if (without !== undefined) return `${flagOf(without)} has no value; give one behind it`
  const [, unclear] = /^Option '(.+?)(?: <value>)?' argument is ambiguous/.exec(message) ?? []
  if (unclear !== undefined) {
    const flag = flagOf(unclear)
    return `what is behind ${flag} begins with a dash; write ${flag}=VALUE if it is its value`
  }
  const [, valued] = /^Option '(.+)' does not take an argument/.exec(message) ?? []
  return valued === undefined ? message : `${flagOf(valued)} takes no value; leave out what is behind the =`
}

/** Of `-h, --help` the long one. */
function flagOf(names: string): string {
  return names.split(', ').at(-1)!
}
