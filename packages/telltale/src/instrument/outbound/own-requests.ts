import { processWide } from '../../model/process-wide.js'

/** How many requests of Telltale itself are under way, by their address. */
const underWay = processWide('telltale.own-requests.1', () => new Map<string, number>())

/** Makes a request of Telltale itself: until it has settled, requests to the same address are not the application's. */
export async function asOwn<T>(url: string | URL, send: () => Promise<T>): Promise<T> {
  const { origin, pathname, search } = new URL(url)
  const address = origin + pathname + search
  underWay.set(address, (underWay.get(address) ?? 0) + 1)
  try {
    return await send()
  } finally {
    const left = (underWay.get(address) ?? 1) - 1
    if (left > 0) underWay.set(address, left)
    else underWay.delete(address)
  }
}

/** Whether a request to this address is one of Telltale itself. */
export function isOwn(origin: string, path: string): boolean {
  return underWay.size > 0 && underWay.has(origin + path)
}
