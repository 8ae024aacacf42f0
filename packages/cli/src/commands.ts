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
  init: {
    summary: 'set up monitoring for a project: instrumentation, configuration, rules and dashboards',
    load: async () => (await import('./init/command.js')).run,
  },
  up: {
    summary: 'run an application of your own with everything that watches it',
    load: async () => (await import('./up/command.js')).run,
  },
  start: {
    summary: 'run an application with Prometheus, Alertmanager and node_exporter around it',
    load: async () => (await import('./start/command.js')).run,
  },
  rules: {
    summary: 'write recording rules, alerts and objectives for Prometheus',
    load: async () => (await import('./rules/command.js')).run,
  },
  dashboards: {
    summary: 'write Grafana dashboards and what provisions them',
    load: async () => (await import('./dashboards/command.js')).run,
  },
  doctor: {
    summary: 'check the whole setup: application, Prometheus, alerts, dashboards and their files',
    load: async () => (await import('./doctor/command.js')).run,
  },
  lint: {
    summary: 'check metrics, rules, dashboards and configuration files',
    load: async () => (await import('./lint/command.js')).run,
  },
  optimize: {
    summary: 'what a Prometheus stores for nobody, with the figures and the change to make',
    load: async () => (await import('./optimize/command.js')).run,
  },
  plan: {
    summary: 'what a fleet costs its Prometheus, from what one instance exposes',
    load: async () => (await import('./plan/command.js')).run,
  },
  top: {
    summary: 'watch the busiest, slowest, failing and growing series of an endpoint',
    load: async () => (await import('./top/command.js')).run,
  },
  completion: {
    summary: 'print the script by which a shell completes the commands and options',
    load: async () => (await import('./completion/command.js')).completionOf(commands),
  },
}
