import { randomInt } from 'node:crypto'
import { isPortFree } from '@telltale/cli'

// Below the range from which systems take ports for connections and for `listen(0)` (32768 and up on Linux): a port of that
// range is easily somebody else's in the moment in which the test's own process has let go of it.
const LOWEST = 16_000
/** Each worker of the tests has a part of its own. */
const PART = 2_000
const PARTS = 8

const given = new Set<number>()

/** A port on which nobody listens, given to no other test. */
export async function freePort(): Promise<number> {
  const lowest = LOWEST + (Number(process.env.VITEST_POOL_ID ?? 0) % PARTS) * PART
  for (;;) {
    const port = randomInt(lowest, lowest + PART)
    if (given.has(port)) continue
    given.add(port)
    if (await isPortFree(port)) return port
  }
}

/** So many different ones. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = []
  while (ports.length < count) ports.push(await freePort())
  return ports
}
