import { type Subject, urlSubject } from '../../lint/index.js'
import type { Setup } from '../setup.js'
import { Unavailable } from '../unavailable.js'

/** The configuration that an Alertmanager runs; `undefined` when none can be asked. */
export async function runningAlertmanager(
  setup: Setup,
): Promise<{ readonly subject: Subject; readonly text: string } | undefined> {
  try {
    const alertmanager = await setup.alertmanager()
    const { config } = await alertmanager.status()
    return { subject: urlSubject(alertmanager.url), text: config.original }
  } catch (error) {
    if (error instanceof Unavailable) return undefined
    throw error
  }
}
