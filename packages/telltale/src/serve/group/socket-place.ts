import { randomBytes } from 'node:crypto'
import { linkSync, lstatSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { TelltaleError } from '../../model/error.js'
import { isJournal } from './journal-file.js'
import { faultOf, prepareFolder, removeFile } from './meeting-folder.js'
import type { Claim, Found, MeetingPlace } from './meeting-place.js'
import { connectTo, isAbandoned, listenOn } from './socket-calls.js'

/** Older than this, what a process that was killed while it claimed has left is removed. */
const LEFTOVER_MS = 60_000
/** The same for a socket of another group, of which so many are looked at each time. */
const ABANDONED_MS = 600_000
const SWEEP = 1000

interface Seat {
  readonly folder: string
  readonly number: number
}

/**
 * Members meet at Unix domain sockets in a folder of their user. Each leader has a socket of the next number: a file
 * that nobody listens on any longer is never replaced, so two processes that find it at the same time cannot remove
 * each other's socket. The file appears when its process listens already, by a link, of which only one succeeds.
 */
export class SocketPlace implements MeetingPlace {
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
    return { isOrphaned: seats.length > 0, claim: () => this.#claim(seats[0]) }
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
    if (this.#seats().some((seat) => seat.number > number)) {
      rmSync(this.#path(folder, number), { force: true })
      server.close()
      return undefined
    }
    this.#removeOlder(folder, number)
    void this.#sweep(folder)
    return new Seated(this, { folder, number }, server)
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
      if (older < number) removeFile(this.#path(folder, older))
    }
    for (const file of filesIn(folder)) {
      if (!file.startsWith(`${this.#key}.`) || !file.endsWith('.new')) continue
      const path = join(folder, file)
      if (ageOf(path) > LEFTOVER_MS) removeFile(path)
    }
  }

  /** Removes what killed processes of other groups have left: each of them may have been the last of its group. */
  async #sweep(folder: string): Promise<void> {
    const others = filesIn(folder).filter((file) => !file.startsWith(`${this.#key}.`) && !isJournal(file))
    for (const file of others.slice(0, SWEEP)) {
      const path = join(folder, file)
      if (ageOf(path) >= ABANDONED_MS && (await isAbandoned(path))) removeFile(path)
    }
  }

  #path(folder: string, number: number): string {
    return join(folder, `${this.#key}.${number}`)
  }

  /** @internal Whether a process leads that came later. */
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

  /** @internal Listens again where the file is gone; nothing when it is there. */
  async restore({ folder, number }: Seat): Promise<Server | undefined> {
    if (prepareFolder(folder) !== undefined || this.#numbers(folder).includes(number)) return undefined
    return this.#listen(folder, number)
  }

  /** @internal */
  leave({ folder, number }: Seat): void {
    rmSync(this.#path(folder, number), { force: true })
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

/** The place of a leader. */
class Seated implements Claim {
  readonly server: Server
  readonly #place: SocketPlace
  readonly #seat: Seat
  readonly #more: Server[] = []

  constructor(place: SocketPlace, seat: Seat, server: Server) {
    this.#place = place
    this.#seat = seat
    this.server = server
  }

  async renew(): Promise<boolean> {
    if (await this.#place.successorOf(this.#seat)) return false
    const again = await this.#place.restore(this.#seat).catch(() => undefined)
    again?.on('connection', (socket: Socket) => this.server.emit('connection', socket))
    if (again !== undefined) this.#more.push(again)
    return true
  }

  release(): void {
    this.#place.leave(this.#seat)
    this.leaveToOthers()
  }

  /** The file stays, like that of a leader which died, until the next one leads. */
  leaveToOthers(): void {
    for (const server of [this.server, ...this.#more]) server.close()
  }
}
