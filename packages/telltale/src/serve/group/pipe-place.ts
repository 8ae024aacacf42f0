import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import type { Claim, Found, MeetingPlace } from './meeting-place.js'
import { connectTo, listenOn } from './socket-calls.js'

/** On Windows members meet at a named pipe, which only one process can make, and which ends with it. */
export class PipePlace implements MeetingPlace {
  readonly #path: string

  constructor(key: string) {
    this.#path = `\\\\.\\pipe\\telltale-${userInfo().username}-${key}`
  }

  async look(): Promise<Found> {
    const socket = await connectTo(this.#path)
    if (socket === undefined) return { claim: () => this.#claim() }
    return { ...(socket !== 'unknown' && { socket }), claim: async () => undefined }
  }

  async #claim(): Promise<Claim | undefined> {
    const server = createServer().unref()
    try {
      await listenOn(server, this.#path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined
      throw error
    }
    const release = () => void server.close()
    return { server, renew: async () => true, nameWitnesses() {}, release, leaveToOthers: release }
  }
}
