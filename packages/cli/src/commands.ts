import type { RunCommand } from './command-run.js'

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
