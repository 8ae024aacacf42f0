import { processWide } from '../model/process-wide.js'
import type { Registry } from '../registry/registry.js'

/** A server that serves until the application starts one of its own. */
export interface StandIn {
  readonly registry: Registry
  readonly port: number
  stop(): Promise<void>
}

/** The one of the process, whichever copy of the library it comes from. */
const place = processWide('telltale.stand-in.1', () => ({ server: undefined as StandIn | undefined }))

/** From now on, this server gives way to the first one that serves the same registry or wants the same port. */
export function standIn(server: StandIn): void {
  place.server = server
}

/** Resolves when the server that stands in has stopped; `undefined` where none is in the way. */
export function standInLeaves(registry: Registry, port: number): Promise<void> | undefined {
  const { server } = place
  if (server === undefined || (server.registry !== registry && server.port !== port)) return undefined
  place.server = undefined
  return server.stop()
}
