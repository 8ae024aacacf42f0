import type { Server, Socket } from 'node:net'
import type { Claim } from './meeting-place.js'

/** One of the numbered sockets. */
export interface Seat {
  readonly folder: string
  readonly number: number
}

/** A seat as its leader has it: a file with another inode is another leader's. */
export interface TakenSeat extends Seat {
  readonly inode: number | undefined
}

/** A seat that was taken again. */
export interface Restored {
  readonly server: Server
  readonly seat: TakenSeat
}

/** Where seats are taken. */
export interface SeatKeeper {
  /** Whether a process leads that came later. */
  successorOf(seat: TakenSeat): Promise<boolean>
  /**
   * Listens again where the file is gone; nothing when it is there. If one that came since has put its own in that
   * place, under a later number, so that it hears that it has lost.
   */
  restore(seat: TakenSeat): Promise<Restored | undefined>
  /** Removes what is at the seat, where it is its leader's. */
  leave(seat: TakenSeat): void
  nameWitnesses(seat: TakenSeat, processes: readonly string[] | undefined): void
}

/** The right to lead of the process that listens at a socket of its group. */
export class SocketClaim implements Claim {
  readonly server: Server
  readonly #keeper: SeatKeeper
  #seat: TakenSeat
  #witnesses: readonly string[] | undefined
  readonly #more: Server[] = []

  constructor(keeper: SeatKeeper, seat: TakenSeat, server: Server) {
    this.#keeper = keeper
    this.#seat = seat
    this.server = server
  }

  async renew(): Promise<boolean> {
    if (await this.#keeper.successorOf(this.#seat)) return false
    const again = await this.#keeper.restore(this.#seat).catch(() => undefined)
    if (again === undefined) return true
    again.server.on('connection', (socket: Socket) => this.server.emit('connection', socket))
    this.#more.push(again.server)
    this.#seat = again.seat
    this.#keeper.nameWitnesses(this.#seat, this.#witnesses)
    return true
  }

  nameWitnesses(processes: readonly string[] | undefined): void {
    if (processes?.join() === this.#witnesses?.join()) return
    this.#witnesses = processes
    this.#keeper.nameWitnesses(this.#seat, processes)
  }

  release(): void {
    this.#keeper.leave(this.#seat)
    this.leaveToOthers()
  }

  /** The file stays, like that of a leader which died, until the next one leads. */
  leaveToOthers(): void {
    for (const server of [this.server, ...this.#more]) server.close()
  }
}
