import type { Terminal } from './terminal.js'

/**
 * Runs one command of `telltale` with the arguments behind its name; prints its help for `--help`. Resolves with the
 * exit code: 0 fine, 1 something failed or was found, 2 the arguments are wrong.
 */
export type RunCommand = (args: readonly string[], terminal: Terminal) => Promise<number>
