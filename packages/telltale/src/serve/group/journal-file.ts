import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { GroupLedger } from '../../aggregate/group/group-ledger.js'
import { FrameReader } from './frame-reader.js'
import { GROUP_PROTOCOL, type Hello, messageIn, VALUES_FORMAT } from './group-message.js'
import { faultOf, meetingFolders, removeFile } from './meeting-folder.js'
import { isAlive } from './process-id.js'

/** What `statfs` says of a file system in memory, on Linux. */
const TMPFS = 0x01021994
/** Long enough for the first message. */
const BEGINNING = 4096
/** Older than this, the journal of a leader that is dead, and whose anchor is, is removed. */
const ABANDONED_MS = 600_000

/** The folders where members may meet that are in memory. */
export function memoryFolders(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return process.platform === 'linux' ? meetingFolders(env).filter(isInMemory) : []
}

function isInMemory(folder: string): boolean {
  try {
    return statfsSync(dirname(folder)).type === TMPFS
  } catch {
    return false
  }
}

/** What a journal says. */
export interface JournalContent {
  readonly ledger: GroupLedger
  /** Whether any process is there with which the group goes on. */
  readonly isAlive: boolean
}

/**
 * What a journal says, up to where its leader was killed; nothing where there is none, or one of another version.
 * Throws for what no leader wrote.
 */
export function journalIn(path: string, onClash: (message: string) => void): JournalContent | undefined {
  const bytes = bytesOf(path)
  const [hello, ...events] = bytes === undefined ? [] : new FrameReader().take(bytes)
  const beginning = hello && messageIn(hello)
  if (beginning?.kind !== 'hello' || !isReadable(beginning)) return undefined
  const ledger = new GroupLedger(onClash)
  for (const event of events) {
    const message = messageIn(event)
    if (message.kind === 'event') ledger.apply(message.event)
  }
  const named = [...ledger.processes.map(({ process }) => process), beginning.anchor]
  return { ledger, isAlive: named.some((process) => process !== undefined && isAlive(process)) }
}

/**
 * What the leader before has left, where its group goes on; else its file is removed. `warn` hears of one that no leader
 * wrote.
 */
export function takeJournal(
  path: string,
  onClash: (message: string) => void,
  warn: (message: string) => void,
): GroupLedger | undefined {
  // What somebody else can have put there is neither read nor removed.
  if (faultOf(dirname(path)) !== undefined) return undefined
  try {
    const content = journalIn(path, onClash)
    if (content?.isAlive) return content.ledger
  } catch (error) {
    warn(
      `the journal of the process group cannot be read: got ${String(error)}, expected what a leader wrote. It is removed; ` +
        'totals go on with what the process that leads now knows, or begin again. Only this user can have changed it',
    )
  }
  removeFile(path)
  return undefined
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function isReadable(hello: Hello): boolean {
  return hello.protocol === GROUP_PROTOCOL && hello.values === VALUES_FORMAT
}

/** Removes what leaders of any group left that were killed: each may have been the last of its group. */
export function sweepJournals(folders: readonly string[]): void {
  const own = folders.filter((folder) => faultOf(folder) === undefined)
  for (const path of own.flatMap(journalsIn)) {
    try {
      if (Date.now() - statSync(path).mtimeMs > ABANDONED_MS && !isKept(path)) rmSync(path, { force: true })
    } catch {
      // Its leader was faster.
    }
  }
}

/** Whether a file in a meeting folder is a journal, finished or not. */
export function isJournal(file: string): boolean {
  return file.includes('.journal')
}

function journalsIn(folder: string): readonly string[] {
  try {
    const files = readdirSync(folder).filter(isJournal)
    return files.map((file) => join(folder, file))
  } catch {
    return []
  }
}

/** Whether the leader that writes it is there, or the process that starts others of its group. */
function isKept(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const beginning = Buffer.alloc(BEGINNING)
    const [hello] = new FrameReader().take(beginning.subarray(0, readSync(file, beginning)))
    const message = hello && messageIn(hello)
    if (message?.kind !== 'hello') return false
    return isAlive(message.process) || (message.anchor !== undefined && isAlive(message.anchor))
  } finally {
    closeSync(file)
  }
}
