import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../command-error.js'
import type { ChildGroup } from '../stack/child-group.js'
import type { ChildServer } from '../stack/child-server.js'
import { answers } from '../stack/http-probe.js'
import type { StartOptions } from './start-options.js'

const shopEntry = 'examples/shop/dist/esm/main.js'

/** The application to watch: how it is called, and what to look at in it. */
export interface Application {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly shell: boolean
  readonly url: string
  readonly metricsUrl: string
  readonly about: string
}

/** The command that was given, else the shop. Throws TELLTALE_USAGE when there is neither. */
export function applicationOf(options: StartOptions): Application {
  const metricsUrl = `http://localhost:${options.ports.metrics}/metrics`
  const address = `http://localhost:${options.ports.app}`
  if (options.app !== undefined) {
    const about = 'the application'
    return {
      name: 'application',
      command: options.app,
      args: [],
      shell: true,
      url: `${address}/`,
      metricsUrl,
      about,
    }
  }
  const entry = join(options.directory, shopEntry)
  if (!existsSync(entry)) {
    throw new CommandError(
      'TELLTALE_USAGE',
      `there is no ${shopEntry} here; name your application with --app, for example --app "node server.js"`,
    )
  }
  return {
    name: 'shop',
    command: process.execPath,
    args: options.traffic ? [entry, '--traffic'] : [entry],
    shell: false,
    url: `${address}/api/users`,
    metricsUrl,
    about: options.traffic ? 'the application, with traffic' : 'the application',
  }
}

/** Starts it and resolves when its metrics can be read. */
export function startApplication(
  group: ChildGroup,
  application: Application,
  options: StartOptions,
  logFile: string,
): Promise<ChildServer> {
  return group.start({
    name: `the ${application.name}`,
    command: application.command,
    args: application.args,
    shell: application.shell,
    cwd: options.directory,
    env: { ...process.env, PORT: String(options.ports.app), METRICS_PORT: String(options.ports.metrics) },
    ready: () => answers(application.metricsUrl),
    readyWithin: 60_000,
    logFile,
  })
}
