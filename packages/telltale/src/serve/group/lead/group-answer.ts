import { snapshotOf } from '../../../aggregate/family-snapshot.js'
import { nextTurn } from '../../../exposition/turn-queue.js'
import type { Family } from '../../../metrics/sample-line.js'
import type { Connection } from '../connection.js'

/** More bytes than this do not wait for one member. */
const BACKLOG = 2 ** 20

/** Sends the metrics of the group to a member that was asked for them, a family in each turn of the event loop. */
export async function sendAnswer(
  connection: Connection,
  ask: number,
  families: readonly Family[],
): Promise<void> {
  for (const family of families) {
    // It is shown as it is: nothing will be merged with it any longer.
    const [snapshot] = snapshotOf({ families: [family], defaultLabels: {} }, () => 'first')
    connection.send({ kind: 'answer', ask, family: snapshot! })
    if (connection.backlog > BACKLOG) await connection.drained(BACKLOG)
    else await nextTurn()
    if (!connection.isOpen) return
  }
  connection.send({ kind: 'answered', ask })
}
