import { readFileSync } from 'node:fs'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { CommandError } from './command-error.js'
import { fileFaultOf } from './file-fault.js'
import { withoutCredentials } from './http/index.js'
import { type Language, languageOf, languages } from './language.js'
import { nearest } from './nearest.js'

/** The numbers that an option takes, its ends among them. */
export interface NumberRange {
  readonly from: number
  readonly to: number
  /** What is counted, for the message. Default "a number". */
  readonly what?: string
}

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

  /** The only one of `positionals`, if there is one; `what` they name, for the message. Throws TELLTALE_USAGE. */
  atMostOne(positionals: readonly string[], what: string, remedy = 'give one'): string | undefined {
    const [first, second] = positionals
    if (second === undefined) return first
    throw this.fault(`got ${positionals.length} ${what}, of which "${second}" is the second; ${remedy}`)
  }

  /** What `read` makes of an option's value. Throws TELLTALE_USAGE, with what was `expected`, where it makes nothing. */
  value<T>(flag: string, text: string, read: (text: string) => T | undefined, expected: string): T {
    const value = read(text)
    if (value !== undefined) return value
    throw this.fault(`--${flag} is "${withoutCredentials(text)}"; give ${expected}`)
  }

  /** The one of `known` that `text` is. Throws TELLTALE_USAGE. */
  choice<T extends string>(flag: string, text: string, known: readonly T[]): T {
    const named = known.join(', ').replace(/, ([^,]+)$/, ' or $1')
    return this.value(flag, text, (wanted) => known.find((value) => value === wanted), named)
  }

  /** A number, also with a point. Throws TELLTALE_USAGE. */
  number(flag: string, text: string, range: NumberRange): number {
    const read = () => (/^\d*\.?\d+(e-?\d+)?$/i.test(text) ? within(range, Number(text)) : undefined)
    return this.value(flag, text, read, rangeText(range, 'a number'))
  }

  /** A number without a point. Throws TELLTALE_USAGE. */
  wholeNumber(flag: string, text: string, range: NumberRange): number {
    const read = () => (/^\d+$/.test(text) ? within(range, Number(text)) : undefined)
    return this.value(flag, text, read, rangeText(range, 'a whole number'))
  }

  /** The text of the file that an option names. Throws TELLTALE_USAGE, with what to give, when it cannot be read. */
  file(flag: string, path: string, remedy: string): string {
    try {
      return readFileSync(path, 'utf8')
    } catch (error) {
      throw this.fault(`--${flag} ${path} cannot be read: ${fileFaultOf(error)}; ${remedy}`)
    }
  }

  /** The language of `--language`, or that of the environment. Throws TELLTALE_USAGE. */
  language(text: string | undefined): Language {
    return text === undefined ? languageOf(process.env) : this.choice('language', text, languages)
  }

  /** TELLTALE_USAGE, to be thrown. */
  fault(message: string): CommandError {
    return new CommandError('TELLTALE_USAGE', `${message}\nSee telltale ${this.#command} --help.`)
  }
}

function within({ from, to }: NumberRange, value: number): number | undefined {
  return value >= from && value <= to ? value : undefined
}

function rangeText({ from, to, what }: NumberRange, usual: string): string {
  return `${what ?? usual} from ${from} to ${to}`
}

/** What `parseArgs` says, with what to do about it. */
function inOurWords(message: string, names: readonly string[]): string {
  const [, option, name] = /^Unknown option '(--?([^']+))'/.exec(message) ?? []
  if (option !== undefined && name !== undefined) {
    const meant = option.startsWith('--') ? nearest(name, names) : undefined
    return `there is no option ${option}${meant === undefined ? '' : `; did you mean --${meant}?`}`
  }
  const [, positional] = /^Unexpected argument '(.*)'\. This command does not/s.exec(message) ?? []
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
