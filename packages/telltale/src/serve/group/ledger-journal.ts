import { closeSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { GroupLedger } from '../../aggregate/group/group-ledger.js'
import { nextTurn } from '../../exposition/turn-queue.js'
import { framed } from './frame-reader.js'
import type { GroupAnchor } from './group-anchor.js'
import { helloOf, messageBytes } from './group-message.js'
import { sweepJournals, takeJournal } from './journal-file.js'
import { inodeOf, prepareFolder, removeFile } from './meeting-folder.js'
import { isAlive } from './process-id.js'

/** What a journal may take: it is memory. A ledger that takes more has none. */
const MOST_BYTES = 2 ** 24
/** It is written anew when it is twice as long as it was, and longer by so much. */
const LEAST_GROWTH = 2 ** 20
/** How long writing it anew holds the event loop at a time, in milliseconds. */
const SLICE_MS = 5

/** Where a group has its journal. */
export interface JournalPlace {
  /** Names the file. */
  readonly key: string
  /** In memory, the first that can be used. */
  readonly folders: readonly string[]
  /** While it is there, the journal counts. */
  readonly anchor?: GroupAnchor
}

interface Opened {
  readonly file: number
  readonly path: string
  readonly inode: number
  bytes: number
  readonly mostBytes: number
}

/**
 * What happened to the ledger, in a file that is in memory and outlives every process: for when the leader and all its
 * deputies are killed in one moment. Whoever leads next goes on with it, as long as any process of the group is there,
 * or the anchor, which starts others.
 */
export class LedgerJournal {
  readonly #process: string
  readonly #paths: readonly string[]
  readonly #folders: readonly string[]
  readonly #anchor: GroupAnchor | undefined
  readonly #warn: (message: string) => void
  #opened: Opened | undefined
  /** What happens while the file is written anew. */
  #meanwhile: Buffer[] | undefined
  #writing: Promise<void> = Promise.resolve()
  /** How often it was written anew. */
  #times = 0
  /** Whether what another leader left has been removed, or replaced. */
  #isOwn = false
  #isImpossible = false

  constructor(process: string, { key, folders, anchor }: JournalPlace, warn: (message: string) => void) {
    this.#process = process
    this.#folders = folders
    this.#anchor = anchor
    this.#paths = folders.map((folder) => join(folder, `${key}.journal`))
    this.#warn = warn
  }

  get isKept(): boolean {
    return this.#opened !== undefined || this.#meanwhile !== undefined
  }

  /** Whether it is kept from the first process on: the group is one before a second process is there. */
  get isFromFirst(): boolean {
    return this.#anchor?.endsInOrder === false
  }

  /**
   * What leaders before this process knew; nothing, and the file is gone, when neither the group's anchor nor a process
   * is left that they knew.
   */
  take(onClash: (message: string) => void): GroupLedger | undefined {
    for (const path of this.#paths) {
      const ledger = takeJournal(path, onClash, this.#warn)
      if (ledger !== undefined) return ledger
    }
    return undefined
  }

  /** Whether anybody may come who has to know: not after a process that is no group yet. */
  isNeeded(ledger: GroupLedger): boolean {
    return this.isFromFirst || ledger.isShared
  }

  /** Has what happens from now on be in the journal, after all that did. */
  keep(ledger: GroupLedger): void {
    if (this.#opened === undefined) this.#renew(ledger)
  }

  /** Writes a message about something that happened. Cost: a copy into memory, without a disk. */
  note(message: Uint8Array): void {
    if (!this.isKept) return
    const frame = framed(message)
    this.#meanwhile?.push(frame)
    if (this.#opened === undefined) return
    try {
      this.#opened.bytes += write(this.#opened.file, [frame])
    } catch (error) {
      this.#giveUp(error)
    }
  }

  /** Whether it does not have yet what happened before `keep`. */
  get isBehind(): boolean {
    return this.#opened === undefined && this.#meanwhile !== undefined
  }

  /** Settles when it has. */
  get written(): Promise<void> {
    return this.#writing
  }

  /** Writes it anew where it has become long, or somebody has removed it, or put another in its place. */
  refresh(ledger: GroupLedger): void {
    if (this.#opened === undefined) return
    const { bytes, mostBytes, path, inode } = this.#opened
    if (bytes > mostBytes || inodeOf(path) !== inode) this.#renew(ledger)
  }

  /** The last process of the group leaves in order: leaves it to those that the anchor will start, or ends it. */
  end(ledger: GroupLedger): void {
    if (this.#goesOn) {
      if (this.#opened === undefined && !this.#isImpossible) this.#writeAtOnce(ledger)
      this.leave()
    } else this.close()
  }

  /** Ends it, and that of a leader before: nobody needs it any longer. */
  close(): void {
    this.#meanwhile = undefined
    if (!this.#isOwn) for (const path of this.#paths) removeFile(path)
    this.#isOwn = true
    if (this.#opened === undefined) return
    const { file, path, inode } = this.#opened
    this.#opened = undefined
    // The next leader may have put its own in its place.
    if (inodeOf(path) === inode) removeFile(path)
    closeSync(file)
  }

  /** Leaves it to the next leader. */
  leave(): void {
    this.#meanwhile = undefined
    if (this.#opened !== undefined) closeSync(this.#opened.file)
    this.#opened = undefined
  }

  /** Whether the anchor starts other processes when this one, the last, has left. */
  get #goesOn(): boolean {
    const anchor = this.isFromFirst ? this.#anchor?.process : undefined
    return anchor !== undefined && !this.#process.startsWith(`${anchor}-`) && isAlive(anchor)
  }

  #renew(ledger: GroupLedger): void {
    if (this.#isImpossible || this.#meanwhile !== undefined) return
    const meanwhile: Buffer[] = []
    this.#meanwhile = meanwhile
    this.#writing = this.#write(ledger, meanwhile).catch((error) => {
      if (this.#meanwhile === meanwhile) this.#giveUp(error)
    })
  }

  async #write(ledger: GroupLedger, meanwhile: Buffer[]): Promise<void> {
    for (const _ of this.#steps(ledger, meanwhile)) {
      await nextTurn()
      if (this.#meanwhile !== meanwhile) throw new Error('it is not wanted any longer')
    }
  }

  #writeAtOnce(ledger: GroupLedger): void {
    const meanwhile: Buffer[] = []
    this.#meanwhile = meanwhile
    try {
      for (const _ of this.#steps(ledger, meanwhile));
    } catch (error) {
      this.#giveUp(error)
    }
  }

  /** Writes it, and stops wherever it has held the event loop for long enough. */
  *#steps(ledger: GroupLedger, meanwhile: Buffer[]): Generator<void> {
    const path = this.#usablePath()
    const fresh = `${path}.${this.#process}.${++this.#times}.new`
    const file = openSync(fresh, 'w', 0o600)
    let isDone = false
    try {
      let bytes = write(file, [framed(messageBytes(helloOf(this.#process, this.#anchor?.process)))])
      let until = performance.now() + SLICE_MS
      for (const event of ledger.events()) {
        bytes += write(file, [framed(messageBytes({ kind: 'event', event }))])
        if (bytes > MOST_BYTES) throw new TooLong()
        if (performance.now() < until) continue
        yield
        until = performance.now() + SLICE_MS
      }
      bytes += write(file, meanwhile)
      renameSync(fresh, path)
      this.#isOwn = true
      this.leave()
      this.#opened = { file, path, inode: fstatSync(file).ino, bytes, mostBytes: 2 * bytes + LEAST_GROWTH }
      isDone = true
      sweepJournals(this.#folders)
    } finally {
      if (!isDone) {
        closeSync(file)
        rmSync(fresh, { force: true })
      }
    }
  }

  #usablePath(): string {
    const faults = this.#folders.map(prepareFolder)
    const usable = faults.indexOf(undefined)
    if (usable < 0) throw faults.length === 0 ? new NoFolder() : new Error(faults.join('; '))
    return this.#paths[usable]!
  }

  #giveUp(error: unknown): void {
    this.close()
    this.#isImpossible = true
    if (error instanceof TooLong || error instanceof NoFolder) return
    this.#warn(
      `the process group keeps no journal: got ${String(error)}, expected a folder in memory with room for at most ` +
        `${MOST_BYTES / 2 ** 20} MB. Only if the process that leads and those that know what it knows are killed ` +
        'in one moment, totals of the group begin again; free space there to have a journal',
    )
  }
}

/** Takes more than a journal may. */
class TooLong extends Error {}

/** Nothing here is in memory. */
class NoFolder extends Error {}

/** Writes all; returns how many bytes these were. */
function write(file: number, frames: readonly Buffer[]): number {
  const bytes = Buffer.concat(frames)
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
  return bytes.length
}
