import type { Localised } from '../finding/index.js'
import { type Answer, ConnectionError, type ConnectionFault, get } from '../http/index.js'

/** What an address answered. */
export interface Fetched {
  readonly body: Uint8Array
  readonly contentType: string | undefined
  readonly seconds: number
}

/** Why an address could not be looked at. */
export interface NotFetched {
  readonly why: Localised
}

export interface FetchOptions {
  /** Most bytes that are read. */
  readonly limit: number
  /** Seconds until it is given up. */
  readonly timeout: number
  /** Further headers, such as `Authorization`. */
  readonly headers: Readonly<Record<string, string>>
}

const accept =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'

/** Reads an address as Prometheus would, up to a limit of bytes. User and password in the address are sent as such. */
export async function fetchBody(address: string, options: FetchOptions): Promise<Fetched | NotFetched> {
  const { limit: mostBytes, timeout: seconds, headers } = options
  try {
    const answer = await get(address, { accept, seconds, mostBytes, headers, redirect: 'follow' })
    const refused = refusalOf(answer)
    if (refused !== undefined) return refused
    if (!answer.whole) return { why: tooLarge(mostBytes) }
    return { body: answer.content, contentType: answer.contentType || undefined, seconds: answer.seconds }
  } catch (error) {
    if (error instanceof ConnectionError) return { why: reasonOf(error.fault) }
    throw error
  }
}

function refusalOf({ status, statusText }: Answer): NotFetched | undefined {
  if (status >= 200 && status < 300) return undefined
  const code = `${status} ${statusText}`.trim()
  if (status === 401 || status === 403) {
    return {
      why: {
        en: `it answered ${code}: give user and password in the address, or --header "Authorization: Bearer …"`,
        ko: `응답이 ${code} 입니다. 주소에 사용자와 암호를 쓰거나 --header "Authorization: Bearer …" 를 쓰세요`,
      },
    }
  }
  return {
    why: { en: `it answered ${code}: check the path`, ko: `응답이 ${code} 입니다. 경로를 확인하세요` },
  }
}

function tooLarge(limit: number): Localised {
  const size = Math.floor(limit / 1e6)
  return {
    en: `it is larger than ${size} MB, which --max-size allows: reading stopped there`,
    ko: `--max-size 로 허용한 ${size} MB보다 큽니다. 거기에서 읽기를 멈추었습니다`,
  }
}

function reasonOf({ kind, detail }: ConnectionFault): Localised {
  if (kind === 'timeout') {
    return {
      en: `no answer within ${detail}: check that the server runs, or allow more with --timeout`,
      ko: `${detail} 안에 응답이 없습니다. 서버가 도는지 확인하거나 --timeout 을 늘리세요`,
    }
  }
  return {
    en: `no connection (${detail}): check the address, and that the server runs`,
    ko: `연결할 수 없습니다 (${detail}). 주소와 서버를 확인하세요`,
  }
}
