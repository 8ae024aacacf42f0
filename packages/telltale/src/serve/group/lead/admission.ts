import type { Socket } from 'node:net'
import { Connection } from '../connection.js'
import { GROUP_PROTOCOL, type Refusal, VALUES_FORMAT } from '../group-message.js'
import { refusedStranger } from '../refusal.js'

const HELLO_SECONDS = 5

/** What decides whom the leader takes. */
export interface AdmissionSettings {
  /** The process that leads. */
  readonly process: string
  readonly warn: (message: string) => void
  /** Whether this source of metrics is in the group already. */
  readonly isTaken: (process: string) => boolean
  readonly welcome: (connection: Connection, process: string) => void
}

/** Hears the first message of whoever connects to the leader, and takes or refuses it. */
export class Admission {
  readonly #settings: AdmissionSettings
  readonly #connections = new Set<Connection>()
  #isClosed = false

  constructor(settings: AdmissionSettings) {
    this.#settings = settings
  }

  async receive(socket: Socket): Promise<void> {
    const connection = new Connection(socket)
    this.#connections.add(connection)
    void connection.closed.then(() => this.#forget(connection))
    const hello = await connection.first(HELLO_SECONDS)
    if (hello?.kind !== 'hello' || this.#isClosed) connection.destroy()
    else if (hello.protocol !== GROUP_PROTOCOL || hello.values !== VALUES_FORMAT) {
      this.#refuse(connection, 'version')
      this.#settings.warn(refusedStranger(hello))
    } else if (this.#settings.isTaken(hello.process)) this.#refuse(connection, 'taken')
    else this.#settings.welcome(connection, hello.process)
  }

  /** Takes nobody any longer, and ends all connections after what was sent. */
  close(): void {
    this.#isClosed = true
    for (const connection of this.#connections) connection.end()
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection)
    if (connection.fault !== undefined) this.#settings.warn(connection.fault)
  }

  #refuse(connection: Connection, reason: Refusal['reason']): void {
    const own = { protocol: GROUP_PROTOCOL, values: VALUES_FORMAT }
    connection.send({ kind: 'refused', reason, process: this.#settings.process, ...own })
    connection.end()
  }
}
