import type { RunCommand } from '../command-run.js'
import { deliver } from '../finding/index.js'
import { lintUsage, parseLint } from './lint-options.js'
import { runLint } from './run-lint.js'

/** `telltale lint`. */
export const run: RunCommand = async (args, terminal) => {
  const options = parseLint(args)
  if (options === undefined) {
    terminal.line(lintUsage)
    return 0
  }
  terminal.status(`reading ${options.names.join(' ')}`)
  const report = await runLint({ ...options, directory: process.cwd(), stdin: process.stdin })
  return deliver(report, options.report, terminal)
}
