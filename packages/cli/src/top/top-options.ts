import type { ParseArgsConfig } from 'node:util'
import { CommandArguments } from '../command-arguments.js'
import { helpText } from '../command-help.js'
import type { Language } from '../language.js'
import { type ViewName, viewNames } from './views.js'

export interface TopOptions {
  readonly source: string
  /** Milliseconds. */
  readonly every: number
  readonly view: ViewName | undefined
  readonly output: 'screen' | 'table' | 'json'
  /** Rows of each table that is printed. */
  readonly rows: number
  /** Bytes. */
  readonly mostBytes: number
  readonly language: Language
}

const command = new CommandArguments('top')

const flags = {
  once: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  interval: { type: 'string', default: '1' },
  view: { type: 'string' },
  rows: { type: 'string', default: '10' },
  'max-size': { type: 'string', default: '64' },
  language: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options']

export const topUsage = helpText({
  usage: 'top [ADDRESS or FILE] [options]',
  about:
    'Shows what an endpoint counts, as it happens: the busiest, the slowest, the failing and the fastest-growing series.',
  details: `ADDRESS is that of the metrics (default http://localhost:9090/metrics). Rates and percentiles are of the last ten
readings.`,
  options: `  --view NAME          busiest, slowest, failing or growing (default busiest; all of them with --once)
  --interval SECONDS   between two readings (default 1)
  --once               read twice, print the tables and end; also where the output is no terminal
  --json               the same as JSON
  --rows N             rows of each table with --once (default 10)
  --max-size MIB       stop reading an answer that is larger (default 64)
  --language LANGUAGE  en or ko (default: that of the environment)
  -h, --help           this text`,
  notes: 'Keys: ←→ or 1 to 4 choose the view, ↑↓ scroll, space holds the picture, q ends.',
  examples: `  telltale top localhost:9090
  telltale top http://localhost:9464/metrics --view slowest
  telltale top localhost:9090 --once --view failing`,
  exitCode: '0 done, 1 something failed, 2 wrong arguments, 130 Ctrl-C',
})

/** Reads the arguments after `top`; `undefined` when help was asked for. Throws TELLTALE_USAGE. */
export function parseTop(args: readonly string[]): TopOptions | undefined {
  const { values, positionals } = command.parse({ args: [...args], options: flags, allowPositionals: true })
  if (values.help) return undefined
  const source = command.atMostOne(positionals, 'addresses', 'give one: top watches one')
  return {
    source: source ?? 'http://localhost:9090/metrics',
    every: command.number('interval', values.interval, { from: 0.1, to: 3_600, what: 'seconds' }) * 1000,
    view: values.view === undefined ? undefined : command.choice('view', values.view, viewNames),
    output: values.json ? 'json' : values.once ? 'table' : 'screen',
    rows: command.wholeNumber('rows', values.rows, { from: 1, to: 1_000_000 }),
    mostBytes:
      command.number('max-size', values['max-size'], { from: 0.001, to: 4_096, what: 'mebibytes' }) * 2 ** 20,
    language: command.language(values.language),
  }
}
