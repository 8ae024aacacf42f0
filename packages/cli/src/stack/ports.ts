import { createServer } from 'node:net'
import { CommandError } from '../command-error.js'

const highestPort = 65_535

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    // A machine without IPv6 has no listener there either.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'),
    )
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Whether nothing listens on this TCP port, on any address of this machine. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ['::', '0.0.0.0', '127.0.0.1']) {
    if (!(await canListen(port, host))) return false
  }
  return true
}

/** The first free port from `wanted` upwards that is not in `taken`. */
export async function nextFreePort(wanted: number, taken: ReadonlySet<number>): Promise<number> {
  for (let port = wanted; port <= highestPort; port++) {
    if (!taken.has(port) && (await isPortFree(port))) return port
  }
  throw new CommandError('TELLTALE_PORT_IN_USE', `no port from ${wanted} to ${highestPort} is free`)
}
