import { TelltaleError } from '../../model/error.js'
import { shown } from '../../model/metric-name.js'
import type { GroupAnchor } from './group-anchor.js'
import { groupKey } from './group-name.js'
import { memoryFolders } from './journal-file.js'
import type { JournalPlace } from './ledger-journal.js'
import type { LocalSource } from './local-changes.js'
import { meetingFolders } from './meeting-folder.js'
import type { MeetingPlace } from './meeting-place.js'
import { PipePlace } from './pipe-place.js'
import { SocketPlace } from './socket-place.js'

const INTERVAL_SECONDS = 1

/** Options of {@link ProcessGroup.join}. */
export interface ProcessGroupOptions {
  /** Processes of one user with the same name are one group. */
  readonly name: string
  /** The metrics of this process. */
  readonly source: LocalSource
  /**
   * Names the source within its process, where the object is not the same each time: what joins again under the same
   * name goes on with what was counted, and is not counted twice.
   */
  readonly identity?: string
  /** How often what changed goes to the group, in seconds; 1 when left out. A process that is killed loses no more. */
  readonly intervalSeconds?: number
  /** Where members may meet, the first that can be used; folders of the user below the temporary ones when left out. */
  readonly folders?: readonly string[]
  /** Folders in memory, where a journal is kept; those of the user when this and `folders` are left out. */
  readonly memoryFolders?: readonly string[]
  /** By which the group goes on when all its processes are killed; as long as any process is there when left out. */
  readonly anchor?: GroupAnchor
  /** Where warnings go; `process.emitWarning` when left out. */
  readonly warn?: (message: string) => void
}

/** Where the members meet. Throws `TELLTALE_OPTION` for a name that is none. */
export function placeOf({ name, folders }: ProcessGroupOptions): MeetingPlace {
  const key = groupKey(checkName(name))
  if (process.platform === 'win32') return new PipePlace(key)
  return new SocketPlace(key, folders ?? meetingFolders(process.env))
}

/** Where the leader keeps the journal. */
export function journalPlaceOf(options: ProcessGroupOptions): JournalPlace {
  const { name, folders, memoryFolders: given, anchor } = options
  return {
    ...(anchor && { anchor }),
    // Groups of one name whose processes look for each other in different folders have nothing in common.
    key: groupKey(JSON.stringify([name, folders ?? meetingFolders(process.env)])),
    folders: given ?? (folders === undefined ? memoryFolders(process.env) : []),
  }
}

/** How often what changed goes to the group. Throws `TELLTALE_OPTION` for what is no interval. */
export function intervalOf({ intervalSeconds: seconds = INTERVAL_SECONDS }: ProcessGroupOptions): number {
  if (Number.isFinite(seconds) && seconds >= 0.01 && seconds <= 3600) return seconds
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `process group: got intervalSeconds ${shown(seconds)}, expected a number of seconds from 0.01 to 3600`,
  )
}

function checkName(name: unknown): string {
  if (typeof name === 'string' && name !== '') return name
  throw new TelltaleError('TELLTALE_OPTION', `process group: got name ${shown(name)}, expected a text`)
}
