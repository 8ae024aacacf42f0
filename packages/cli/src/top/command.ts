import { setTimeout as sleep } from 'node:timers/promises'
import type { RunCommand } from '../command-run.js'
import type { Terminal } from '../terminal.js'
import { EndpointHistory } from './endpoint-history.js'
import { factsOf, tableOf } from './frame.js'
import { LiveView } from './live-view.js'
import { MetricsSource } from './metrics-source.js'
import { parseTop, type TopOptions, topUsage } from './top-options.js'
import { busiest, failing, growing, slowest, viewNames } from './views.js'

/** `telltale top`. */
export const run: RunCommand = async (args, terminal) => {
  const options = parseTop(args)
  if (options === undefined) {
    terminal.line(topUsage)
    return 0
  }
  const { mostBytes, every, language } = options
  const source = MetricsSource.of(options.source, { mostBytes, seconds: Math.max(10, every / 1000) })
  const screen = options.output === 'screen' && source.live && terminal.live && process.stdin.isTTY
  if (!screen) return print(source, options, terminal)
  return LiveView.show({
    source,
    view: options.view ?? 'busiest',
    every,
    language,
    colours: terminal.colours,
    input: process.stdin,
    output: process.stdout,
  })
}

async function print(source: MetricsSource, options: TopOptions, terminal: Terminal): Promise<number> {
  const history = new EndpointHistory()
  history.add(await source.read())
  if (source.live) {
    await sleep(options.every)
    history.add(await source.read())
  }
  if (options.output === 'json') terminal.line(JSON.stringify(jsonOf(source, history, options.rows), null, 2))
  else printTables(source, history, options, terminal)
  return 0
}

function printTables(
  source: MetricsSource,
  history: EndpointHistory,
  options: TopOptions,
  terminal: Terminal,
): void {
  const { colours, live } = terminal
  const size = { columns: live ? (process.stdout.columns ?? 100) : 160, rows: options.rows }
  terminal.line(`${colours.bold(source.name)}  ${colours.dim(factsOf(history, options.language))}`)
  for (const view of options.view === undefined ? viewNames : [options.view]) {
    terminal.line()
    for (const line of tableOf(history, view, size, colours, options.language)) terminal.line(line)
  }
}

function jsonOf(source: MetricsSource, history: EndpointHistory, rows: number): unknown {
  const { newest } = history
  const views = { busiest, slowest, failing, growing }
  return {
    source: source.name,
    series: history.series,
    bytes: newest?.bytes,
    seconds: newest?.seconds,
    ...Object.fromEntries(viewNames.map((name) => [name, views[name](history).slice(0, rows)])),
  }
}
