import { closeSync, fstatSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { GroupLedger } from '../../aggregate/group/group-ledger.js'
import { nextTurn } from '../../exposition/turn-queue.js'
import { framed } from './frame-reader.js'
import { helloOf, messageBytes } from './group-message.js'
import { ledgerIn, sweepJournals } from './journal-file.js'
import { prepareFolder } from './meeting-folder.js'
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
}

interface Opened {
  readonly file: number
  readonly path: string
  bytes: number
  readonly mostBytes: number
}

/**
 * What happened to the ledger, in a file that is in memory and outlives every process: for when the leader and all its
 * deputies are killed in one moment. Whoever leads next goes on with it, as long as any process of the group is there.
 */
export class LedgerJournal {
  readonly #process: string
  readonly #paths: readonly string[]
  readonly #folders: readonly string[]
  readonly #warn: (message: string) => void
  #opened: Opened | undefined
  /** Not written yet. */
  #waiting: Buffer[] = []
  /** What happens while the file is written anew. */
  #meanwhile: Buffer[] | undefined
  /** How often it was written anew. */
  #times = 0
  /** Whether what another leader left has been removed, or replaced. */
  #isOwn = false
  #isImpossible = false

  constructor(process: string, { key, folders }: JournalPlace, warn: (message: string) => void) {
    this.#process = process
    this.#folders = folders
    this.#paths = folders.map((folder) => join(folder, `${key}.journal`))
    this.#warn = warn
  }

  get isKept(): boolean {
    return this.#opened !== undefined || this.#meanwhile !== undefined
  }

  /** What leaders before this process knew; nothing, and the file is gone, when no process is left that they knew. */
  take(onClash: (message: string) => void): GroupLedger | undefined {
    for (const path of this.#paths) {
      const ledger = ledgerIn(path, onClash)
      if (ledger?.processes.some(({ process }) => isAlive(process))) return ledger
      rmSync(path, { force: true })
    }
    return undefined
  }

  /** Has what happens from now on be in the journal, after all that did. */
  keep(ledger: GroupLedger): void {
    if (this.#opened === undefined) this.#renew(ledger)
  }

  /** Takes a message about something that happened, which is written with the next `flush`. */
  note(message: Uint8Array): void {
    if (!this.isKept) return
    const frame = framed(message)
    this.#waiting.push(frame)
    this.#meanwhile?.push(frame)
  }

  /** Writes what happened so far. Cost: a copy into memory, without a disk. */
  flush(ledger: GroupLedger): void {
    const opened = this.#opened
    if (opened === undefined) return
    try {
      opened.bytes += write(opened.file, this.#waiting.splice(0))
      if (opened.bytes > opened.mostBytes) this.#renew(ledger)
    } catch (error) {
      this.#giveUp(error)
    }
  }

  /** Ends it, and that of a leader before: nobody needs it any longer. */
  close(): void {
    this.#meanwhile = undefined
    this.#waiting = []
    if (!this.#isOwn) for (const path of this.#paths) rmSync(path, { force: true })
    this.#isOwn = true
    if (this.#opened === undefined) return
    const { file, path } = this.#opened
    this.#opened = undefined
    // The next leader may have put its own in its place.
    if (statSync(path, { throwIfNoEntry: false })?.ino === fstatSync(file).ino) rmSync(path, { force: true })
    closeSync(file)
  }

  /** Leaves it to the next leader. */
  leave(): void {
    this.#meanwhile = undefined
    if (this.#opened !== undefined) closeSync(this.#opened.file)
    this.#opened = undefined
  }

  #renew(ledger: GroupLedger): void {
    if (this.#isImpossible || this.#meanwhile !== undefined) return
    const meanwhile: Buffer[] = []
    this.#meanwhile = meanwhile
    void this.#write(ledger, meanwhile).catch((error) => {
      if (this.#meanwhile === meanwhile) this.#giveUp(error)
    })
  }

  async #write(ledger: GroupLedger, meanwhile: Buffer[]): Promise<void> {
    const path = this.#usablePath()
    const fresh = `${path}.${this.#process}.${++this.#times}.new`
    const file = openSync(fresh, 'w', 0o600)
    try {
      let bytes = write(file, [framed(messageBytes(helloOf(this.#process)))])
      let until = performance.now() + SLICE_MS
      for (const event of ledger.events()) {
        bytes += write(file, [framed(messageBytes({ kind: 'event', event }))])
        if (bytes > MOST_BYTES) throw new TooLong()
        if (performance.now() < until) continue
        await nextTurn()
        if (this.#meanwhile !== meanwhile) throw new Error('it is not wanted any longer')
        until = performance.now() + SLICE_MS
      }
      bytes += write(file, meanwhile)
      renameSync(fresh, path)
      this.#isOwn = true
      this.leave()
      this.#waiting = []
      this.#opened = { file, path, bytes, mostBytes: 2 * bytes + LEAST_GROWTH }
      sweepJournals(this.#folders)
    } catch (error) {
      closeSync(file)
      rmSync(fresh, { force: true })
      throw error
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
        `${MOST_BYTES / 2 ** 20} MB. Only if the process that leads and both that come after it are killed in one ` +
        'moment, totals of the group begin again; free space there to have a journal',
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
