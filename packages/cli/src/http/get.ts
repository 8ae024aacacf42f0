import { CommandError } from '../command-error.js'
import { type Answer, answerOf } from './answer.js'
import { splitLogin, withoutCredentials } from './authorization.js'
import { readBounded } from './bounded-body.js'
import { type ConnectionFault, connectionFaultOf } from './connection-fault.js'

export interface GetOptions {
  /** From the request to the last byte. */
  readonly seconds: number
  /** More of the body is not read; 0 for the head alone. Default 32 MiB. */
  readonly mostBytes?: number
  /** An Authorization header; what the address itself says goes before. */
  readonly authorization?: string | undefined
  readonly accept?: string
  /** Further headers, which go before everything else. */
  readonly headers?: Readonly<Record<string, string>>
  /** What a redirect does: `manual` answers it, `follow` goes where it leads. Default `manual`. */
  readonly redirect?: 'manual' | 'follow'
}

/** Nobody answered, or not in time. */
export class ConnectionError extends CommandError {
  readonly fault: ConnectionFault

  constructor(url: string, fault: ConnectionFault) {
    super(
      'TELLTALE_UNREACHABLE',
      `${url} does not answer: ${fault.detail}; check the address, and that it runs`,
    )
    this.name = 'ConnectionError'
    this.fault = fault
  }
}

const mebibyte = 1024 * 1024

/**
 * The one way in which the command asks an address: a GET with bounds on its time and its size. User and password in
 * the address are sent as a header, and never shown. Certificates are checked against those of Node.js and
 * `NODE_EXTRA_CA_CERTS`. Resolves for every status; rejects with a ConnectionError (TELLTALE_UNREACHABLE).
 */
export async function get(address: string, options: GetOptions): Promise<Answer> {
  const { url, authorization = options.authorization } = splitLogin(address)
  const shown = withoutCredentials(address)
  const begun = performance.now()
  try {
    const response = await fetch(url, {
      headers: {
        accept: options.accept ?? '*/*',
        ...(authorization === undefined ? {} : { authorization }),
        ...options.headers,
      },
      redirect: options.redirect ?? 'manual',
      signal: AbortSignal.timeout(options.seconds * 1000),
    })
    const body = await readBounded(response, options.mostBytes ?? 32 * mebibyte)
    return answerOf(shown, response, body, (performance.now() - begun) / 1000)
  } catch (error) {
    throw new ConnectionError(shown, connectionFaultOf(error, options.seconds))
  }
}
