import { randomBytes } from 'node:crypto'
import { linkSync, lstatSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { TelltaleError } from '../../model/error.js'
import { isJournal } from './journal-file.js'
import { faultOf, inodeOf, prepareFolder, removeFile } from './meeting-folder.js'
import type { Claim, Found, MeetingPlace } from './meeting-place.js'
import { connectTo, isAbandoned, listenOn } from './socket-calls.js'
import { type Restored, type Seat, type SeatKeeper, SocketClaim, type TakenSeat } from './socket-claim.js'
import { WitnessFile } from './witness-file.js'

/** Older than this, what a process that was killed while it claimed has left is removed. */
const LEFTOVER_MS = 60_000
/** The same for a socket of another group, of which so many are looked at each time. */
const ABANDONED_MS = 600_000
const SWEEP = 1000

/**
 * Members meet at Unix domain sockets in a folder of their user. Each leader has a socket of the next number: a file
 * that nobody listens on any longer is never replaced, so two processes that find it at the same time cannot remove
 * each other's socket. The file appears when its process listens already, by a link, of which only one succeeds.
 */
export class SocketPlace implements MeetingPlace, SeatKeeper {
  readonly #key: string
  readonly #folders: readonly string[]

  constructor(key: string, folders: readonly string[]) {
    this.#key = key
    this.#folders = folders
  }

  async look(): Promise<Found> {
    const seats = this.#seats()
    for (const { folder, number } of seats) {
      const socket = await connectTo(this.#path(folder, number))
      if (socket === undefined) continue
      // One that cannot be reached now may lead, and must not be led beside.
      return { ...(socket !== 'unknown' && { socket }), claim: async () => undefined }
    }
    const [last] = seats
    const claim = () => this.#claim(last)
    if (last === undefined) return { claim }
    // Nobody listens there, so that what its leader said last is all that it will say.
    return { isOrphaned: true, witnesses: this.#witnesses(last).read(), claim }
  }

  /** The sockets of leaders, the newest first. */
  #seats(): readonly Seat[] {
    const seats = this.#folders.flatMap((folder) =>
      faultOf(folder) === undefined ? this.#numbers(folder).map((number) => ({ folder, number })) : [],
    )
    return seats.sort((a, b) => b.number - a.number)
  }

  #numbers(folder: string): readonly number[] {
    const files = filesIn(folder).filter((file) => file.startsWith(`${this.#key}.`))
    return files.map((file) => Number(file.slice(this.#key.length + 1))).filter(Number.isInteger)
  }

  async #claim(last: Seat | undefined): Promise<Claim | undefined> {
    const number = (last?.number ?? 0) + 1
    const faults: string[] = []
    for (const folder of this.#folders) {
      const fault = prepareFolder(folder)
      if (fault !== undefined) {
        faults.push(fault)
        continue
      }
      try {
        return await this.#sit({ folder, number })
      } catch (error) {
        faults.push(`${folder}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`)
      }
    }
    throw new TelltaleError(
      'TELLTALE_GROUP',
      `the processes of the group cannot meet: got no folder for their socket (${faults.join('; ')}), expected one ` +
        'that this user can write to. Set TMPDIR to such a folder for all of them, free space on its disk, or turn the ' +
        'process group off',
    )
  }

  async #sit({ folder, number }: Seat): Promise<Claim | undefined> {
    const server = await this.#listen(folder, number)
    if (server === undefined) return undefined
    const path = this.#path(folder, number)
    if (this.#seats().some((seat) => seat.number > number)) {
      rmSync(path, { force: true })
      server.close()
      return undefined
    }
    this.#removeOlder(folder, number)
    void this.#sweep(folder)
    return new SocketClaim(this, { folder, number, inode: inodeOf(path) }, server)
  }

  /** Listens under this number; nothing when another process was faster. */
  async #listen(folder: string, number: number): Promise<Server | undefined> {
    const first = join(folder, `${this.#key}.${randomBytes(6).toString('hex')}.new`)
    const server = createServer().unref()
    await listenOn(server, first)
    try {
      linkSync(first, this.#path(folder, number))
      return server
    } catch (error) {
      server.close()
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
      throw error
    } finally {
      rmSync(first, { force: true })
    }
  }

  #removeOlder(folder: string, number: number): void {
    for (const older of this.#numbers(folder)) {
      if (older >= number) continue
      this.#witnesses({ folder, number: older }).remove()
      removeFile(this.#path(folder, older))
    }
    for (const file of filesIn(folder)) {
      if (!file.startsWith(`${this.#key}.`) || !file.endsWith('.new')) continue
      const path = join(folder, file)
      if (ageOf(path) > LEFTOVER_MS) removeFile(path)
    }
  }

  /** Removes what killed processes of other groups have left: each of them may have been the last of its group. */
  async #sweep(folder: string): Promise<void> {
    const files = filesIn(folder)
    const others = files.filter((file) => !file.startsWith(`${this.#key}.`) && !isJournal(file))
    for (const file of others.slice(0, SWEEP)) {
      const path = join(folder, file)
      if (ageOf(path) < ABANDONED_MS) continue
      const socket = WitnessFile.socketOf(file)
      if (socket === undefined ? await isAbandoned(path) : !files.includes(socket)) removeFile(path)
    }
  }

  #witnesses({ folder, number }: Seat): WitnessFile {
    return new WitnessFile(this.#path(folder, number))
  }

  #path(folder: string, number: number): string {
    return join(folder, `${this.#key}.${number}`)
  }

  /** @internal */
  async successorOf({ number }: Seat): Promise<boolean> {
    for (const seat of this.#seats()) {
      if (seat.number <= number) return false
      const socket = await connectTo(this.#path(seat.folder, seat.number))
      if (socket === undefined || socket === 'unknown') continue
      socket.destroy()
      return true
    }
    return false
  }

  /** @internal */
  async restore({ folder, number, inode }: TakenSeat): Promise<Restored | undefined> {
    const found = prepareFolder(folder) === undefined ? inodeOf(this.#path(folder, number)) : inode
    if (found === inode) return undefined
    const free = found === undefined ? number : this.#seats()[0]!.number + 1
    const server = await this.#listen(folder, free)
    return server && { server, seat: { folder, number: free, inode: inodeOf(this.#path(folder, free)) } }
  }

  /** @internal */
  leave(seat: TakenSeat): void {
    const path = this.#path(seat.folder, seat.number)
    if (inodeOf(path) !== seat.inode) return
    this.#witnesses(seat).remove()
    removeFile(path)
  }

  /** @internal */
  nameWitnesses(seat: TakenSeat, processes: readonly string[] | undefined): void {
    if (inodeOf(this.#path(seat.folder, seat.number)) !== seat.inode) return
    if (processes === undefined) this.#witnesses(seat).remove()
    else this.#witnesses(seat).write(processes)
  }
}

/** A folder that is gone has none. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** In milliseconds; that of a file which somebody has just removed is none. */
function ageOf(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs
}
