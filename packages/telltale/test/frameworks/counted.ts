import { once } from 'node:events'
import { request } from 'node:http'
import type { Registry } from '../../src/index.js'
import { scrape } from '../application/served.js'
import type { Case } from './contract.js'

const LIMIT_MS = 10_000

/** What a registry has counted, as `GET /users/:id 200` and how often. */
export async function counted(registry: Registry): Promise<ReadonlyMap<string, number>> {
  const { families } = await scrape(registry)
  const samples = families.get('http_requests_total')?.samples ?? []
  return new Map(
    samples.map(({ labels, value }) => [`${labels.method} ${labels.route} ${labels.status_code}`, value]),
  )
}

/** The same, as soon as `requests` were recorded: a client has its answer before the server's response is closed. */
export async function countedAfter(
  registry: Registry,
  requests: number,
): Promise<ReadonlyMap<string, number>> {
  const deadline = performance.now() + LIMIT_MS
  for (;;) {
    const now = await counted(registry)
    const total = [...now.values()].reduce((sum, count) => sum + count, 0)
    if (total >= requests || performance.now() > deadline) return now
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Sends one request and reads the answer to its end; returns the status. */
export async function send(
  port: number,
  path: string,
  { method, body, headers }: Partial<Case> = {},
): Promise<number> {
  const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false })
  sent.end(body)
  const [response] = await once(sent, 'response')
  response.resume()
  await once(response, 'end')
  return response.statusCode
}
