import { connect, type Socket } from 'node:net'

const HEAD = Buffer.from('HTTP/1.1 ')
const OK = '2'.charCodeAt(0)

/**
 * Requests without a pause over connections that stay open, one at a time on each. It writes and reads bytes itself,
 * because `node:http` takes more of the processor for a request than an application does for the answer.
 */
export class RequestStream {
  readonly #url: URL
  readonly #requests: readonly Buffer[]
  #sockets: Socket[] = []
  #next = 0
  #answers = 0

  constructor(url: URL, paths: readonly string[]) {
    this.#url = url
    this.#requests = paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`))
  }

  /** Answers so far. */
  get answers(): number {
    return this.#answers
  }

  async start(connections: number): Promise<void> {
    for (let i = 0; i < connections; i++) this.#sockets.push(await connected(this.#url))
    for (const socket of this.#sockets) {
      socket.on('data', (bytes) => this.#read(socket, bytes))
      this.#ask(socket)
    }
  }

  /** Closes the connections: an application would close them by itself while nothing is asked. */
  stop(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#sockets = []
  }

  #ask(socket: Socket): void {
    socket.write(this.#requests[this.#next++ % this.#requests.length]!)
  }

  /** The answers are short: each head comes in one piece, and at the beginning of what is read. */
  #read(socket: Socket, bytes: Buffer): void {
    if (bytes.indexOf(HEAD) !== 0) return
    if (bytes[HEAD.length] !== OK)
      throw new Error(`the application answered ${bytes.toString('latin1', 0, 200)}`)
    this.#answers++
    this.#ask(socket)
  }
}

async function connected({ hostname, port }: URL): Promise<Socket> {
  const socket = connect(Number(port), hostname)
  socket.setNoDelay(true)
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  return socket
}
