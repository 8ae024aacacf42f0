import { inFile, type Place } from '../../finding/place.js'
import type { Setup } from '../setup.js'
import { rulesIn } from '../source/rule-file.js'
import { Unavailable } from '../unavailable.js'

/** An alert by its expression, from whichever source there is. */
export interface AlertExpression {
  readonly alert: string
  readonly query: string
  /** The file it stands in; that of a server's own when the server was asked. */
  readonly place: Place
}

/** The alerts that are loaded or, without a server that tells, those in the files. */
export async function alertExpressions(setup: Setup): Promise<readonly AlertExpression[]> {
  try {
    const groups = await setup.prometheus.groups()
    return groups.flatMap(({ file, rules }) =>
      rules
        .filter(({ type }) => type === 'alerting')
        .map(({ name: alert, query }) => ({
          alert,
          query,
          place: inFile(file, { within: `alert ${alert}` }),
        })),
    )
  } catch (error) {
    if (!(error instanceof Unavailable) || (await isAgent(setup))) throw error
  }
  return (await setup.files.rules()).flatMap(({ path, text }) =>
    rulesIn(text).flatMap(({ alert, query }) =>
      alert === undefined ? [] : [{ alert, query, place: inFile(path, { within: `alert ${alert}` }) }],
    ),
  )
}

/** An agent evaluates nothing: the alerts are in the configuration of another server. */
async function isAgent(setup: Setup): Promise<boolean> {
  try {
    return (await setup.prometheus.identity()).flavour === 'agent'
  } catch {
    return false
  }
}
