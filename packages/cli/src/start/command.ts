import type { RunCommand } from '../command-run.js'
import { start } from './start.js'
import { parseStart, startUsage } from './start-options.js'

/** `telltale start`. */
export const run: RunCommand = async (args, terminal) => {
  const options = parseStart(args, process.cwd())
  if (options !== undefined) return start(options, terminal)
  terminal.line(startUsage)
  return 0
}
