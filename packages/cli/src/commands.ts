import type { Terminal } from './terminal.js'

/**
 * Runs one command of `telltale` with the arguments behind its name; prints its help for `--help`. Resolves with the
 * exit code: 0 fine, 1 something failed or was found, 2 the arguments are wrong.
 */
export type RunCommand = (args: readonly string[], terminal: Terminal) => Promise<number>

/** One command in the list of commands. */
export interface Command {
  /** One line. */
  readonly summary: string
  /** Loads it: what is not asked for is not loaded. */
  load(): Promise<RunCommand>
}

/** The commands by name, in the order in which they are listed. */
export const commands: Readonly<Record<string, Command>> = {
  start: {
    summary: 'run an application with Prometheus, Alertmanager and node_exporter around it',
    load: async () => (await import('./start/command.js')).run,
  },
}
