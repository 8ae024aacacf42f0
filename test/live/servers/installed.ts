import { fileURLToPath } from 'node:url'
import { type Installation, provision, type ServerKind } from '@telltale/cli'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Finds a server, or fetches it as `npm test` does; rejects with the remedy when it cannot be had. */
export async function installed(kind: ServerKind): Promise<Installation> {
  const { found, remedy } = await provision([kind], { directory: root })
  const installation = found.get(kind)
  if (installation === undefined) throw new Error(remedy)
  return installation
}
