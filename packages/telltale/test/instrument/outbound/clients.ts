import { type IncomingMessage, request } from 'node:http'
import { type RequestOptions, request as secureRequest } from 'node:https'

export interface Asked {
  readonly method?: string
  readonly body?: string
  readonly signal?: AbortSignal
  /** Ends the answer after its head. */
  readonly unread?: boolean
}

/** Makes a request, reads the answer to its end and rejects with what prevents that. */
export type Client = (url: string, asked?: Asked) => Promise<void>

async function byFetch(url: string, { unread = false, ...init }: Asked = {}): Promise<void> {
  const response = await fetch(url, init)
  if (unread) await response.body?.cancel()
  else await response.text()
}

/** A request of `node:http` or `node:https`, whichever the address is for. */
export async function byNode(
  url: string,
  { body, unread = false, ...asked }: Asked & RequestOptions = {},
): Promise<void> {
  const send = url.startsWith('https:') ? secureRequest : request
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    send(url, asked, resolve).on('error', reject).end(body)
  })
  await new Promise<void>((resolve, reject) => {
    response.on('error', reject).on('close', resolve)
    if (unread) response.destroy()
    else response.resume()
  })
}

export const clients: readonly (readonly [name: string, client: Client])[] = [
  ['fetch', byFetch],
  ['node:http', byNode],
]
