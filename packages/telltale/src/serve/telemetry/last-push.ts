import { writeSync } from 'node:fs'
import { Pushgateway, type PushgatewayOptions } from '../../push/pushgateway.js'
import type { ScrapeSource } from '../../registry/scrape-source.js'

/** A Pushgateway and the group there, as plain data. */
export type PushTarget = Omit<PushgatewayOptions, 'registry'>

const STANDARD_ERROR = 2
/** Unless the target says otherwise: an ending process is not to be held up by a Pushgateway that is gone. */
const haste = { timeoutSeconds: 4, retries: 1 }

/** Pushes the last values of a process; a line on standard error says why they could not be. Never rejects. */
export async function pushLast(source: ScrapeSource, target: PushTarget): Promise<void> {
  try {
    await new Pushgateway({ ...haste, ...target, registry: source }).push()
  } catch (error) {
    // The way of a thread's warnings leads through the loop of the main thread, which may have stopped.
    writeSync(STANDARD_ERROR, `Metrics server: the last values were not pushed: ${String(error)}\n`)
  }
}
