import type { Server, Socket } from 'node:net'

/** The right to lead a group: whoever holds it is found by the others. */
export interface Claim {
  readonly server: Server
  /**
   * Sees to it that the others find this process, even if somebody removed its file. False when another process
   * leads, to which this one has lost.
   */
  renew(): Promise<boolean>
  /**
   * Says who may know what the group has counted, before one more is told it; nothing where that is not known. When none
   * of them is alive, a newcomer leads without waiting for them.
   */
  nameWitnesses(processes: readonly string[] | undefined): void
  /** Takes new members no longer, and lets any process lead. */
  release(): void
  /** The same for those who know what the group has counted: a newcomer sees that it is not to lead before them. */
  leaveToOthers(): void
}

/** What was found where the members of a group meet. */
export interface Found {
  /** Connected to the process that leads. */
  readonly socket?: Socket
  /** Whether a leader was there and is gone without having left: others may be about to take its place. */
  readonly isOrphaned?: boolean
  /** Who may know what that leader knew; nothing where it did not say. */
  readonly witnesses?: readonly string[] | undefined
  /** Takes the place of a leader that is not there; nothing when another process was faster. */
  claim(): Promise<Claim | undefined>
}

/** Where the members of a group meet. */
export interface MeetingPlace {
  /** Looks who leads. Rejects with `TELLTALE_GROUP` where members cannot meet. */
  look(): Promise<Found>
}
