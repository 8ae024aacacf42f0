import { shown } from '../model/metric-name.js'

/** The environments that have a configuration of their own. */
export type Environment = 'development' | 'staging' | 'production'

const known: ReadonlyMap<string, Environment> = new Map([
  ['development', 'development'],
  ['test', 'development'],
  ['staging', 'staging'],
  ['production', 'production'],
])

/** The environment of a name such as `NODE_ENV`; no name is development, an unknown one `undefined`. */
export function environmentOf(name: string | undefined): Environment | undefined {
  return name === undefined || name === '' ? 'development' : known.get(name)
}

/**
 * The environment whose safety settings hold. A name that nobody knows may be a misspelt production, so it gets
 * production's: no CORS, no reset.
 */
export function safeEnvironment(name: string | undefined): Environment {
  return environmentOf(name) ?? 'production'
}

/** Says that an environment is not known and what is used in its place. */
export function warnUnknownEnvironment(name: string): void {
  process.emitWarning(
    `environment ${shown(name)} has no metrics configuration: expected development, staging or production; ` +
      'the one of development is used, with the safety settings of production',
    { type: 'TelltaleWarning', code: 'TELLTALE_ENVIRONMENT' },
  )
}
