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
      throw this.fault(unknownOption(error.message, Object.keys(config.options ?? {})) ?? error.message)
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

/** In our words where Node's are about something else: how to write a file's name that begins with a dash. */
function unknownOption(message: string, names: readonly string[]): string | undefined {
  const [, option, name] = /^Unknown option '(--?([^']+))'/.exec(message) ?? []
  if (option === undefined || name === undefined) return undefined
  const meant = option.startsWith('--') ? nearest(name, names) : undefined
  return `there is no option ${option}${meant === undefined ? '' : `; did you mean --${meant}?`}`
}
