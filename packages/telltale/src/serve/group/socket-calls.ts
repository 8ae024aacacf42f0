import { connect, type Server, type Socket } from 'node:net'

/** More members than this that connect in one moment try again. */
const BACKLOG = 1024
const RETRY_MS = 5
const RETRIES = 200

/** These say nothing of who listens: its queue is full, or this process has no file or memory left. */
const NO_VERDICT: readonly string[] = ['EAGAIN', 'EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']

/**
 * Connects; nothing when nobody listens there, and `unknown` when that could not be seen within a second. Neither keeps
 * the process alive.
 */
export async function connectTo(path: string): Promise<Socket | 'unknown' | undefined> {
  for (let tries = 0; ; tries++) {
    const outcome = await tryConnect(path)
    if (typeof outcome !== 'string') return outcome
    if (!NO_VERDICT.includes(outcome)) return undefined
    if (tries === RETRIES) return 'unknown'
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}

/** True when there is a socket that nobody listens on. */
export async function isAbandoned(path: string): Promise<boolean> {
  const outcome = await tryConnect(path)
  if (typeof outcome !== 'string') outcome.destroy()
  return outcome === 'ECONNREFUSED'
}

function tryConnect(path: string): Promise<Socket | string> {
  return new Promise((resolve) => {
    const socket = connect(path)
    const failed = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message)
    socket.once('error', failed)
    socket.once('connect', () => {
      socket.off('error', failed)
      resolve(socket)
    })
  })
}

/** Resolves when the server listens. */
export function listenOn(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ path, backlog: BACKLOG }, () => {
      server.off('error', reject)
      // An accept that fails, as without file descriptors, costs that member its connection; it comes again.
      server.on('error', () => {})
      resolve()
    })
  })
}
