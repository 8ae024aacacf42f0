import { once } from 'node:events'
import { type IncomingHttpHeaders, request } from 'node:http'
import { Registry } from 'telltale'
import { readSettings } from '../src/settings/settings.js'
import { type Shop, startShop } from '../src/shop.js'
import { Scrape } from './scrape.js'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  // biome-ignore lint/suspicious/noExplicitAny: tests read the JSON of every route
  readonly body: any
}

const LOOPBACK = {
  HOST: '127.0.0.1',
  PORT: '0',
  METRICS_HOST: '127.0.0.1',
  METRICS_PORT: '0',
  NODE_ENV: 'test',
  RATE_LIMIT_MAX: '100000',
}

/** A shop of its own for a test file, with an embedded database and a registry of its own, on free ports. */
export class RunningShop {
  readonly shop: Shop
  /** Everything that the shop logged. */
  readonly lines: readonly string[]

  private constructor(shop: Shop, lines: readonly string[]) {
    this.shop = shop
    this.lines = lines
  }

  static async start(
    variables: Record<string, string> = {},
    args: readonly string[] = [],
  ): Promise<RunningShop> {
    const lines: string[] = []
    const log = {
      info: (line: string) => void lines.push(line),
      warn: (line: string) => void lines.push(line),
    }
    const settings = readSettings({ ...LOOPBACK, ...variables }, args)
    return new RunningShop(await startShop({ settings, log, registry: new Registry() }), lines)
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return send(new URL(path, this.shop.url), 'GET', headers)
  }

  /** Posts an object as JSON, and a text as it is. */
  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return send(
      new URL(path, this.shop.url),
      'POST',
      { 'content-type': 'application/json', ...headers },
      text,
    )
  }

  async scrape(): Promise<Scrape> {
    const { status, body } = await send(this.shop.metricsUrl!, 'GET', {})
    if (status !== 200) throw new Error(`the metrics answered ${status}`)
    return new Scrape(body)
  }
}

async function send(
  url: URL,
  method: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Answer> {
  const outgoing = request(url, { method, headers, agent: false })
  outgoing.end(body)
  const [answer] = await once(outgoing, 'response')
  let text = ''
  for await (const chunk of answer.setEncoding('utf8')) text += chunk
  const isJson = /json/.test(answer.headers['content-type'] ?? '')
  return { status: answer.statusCode, headers: answer.headers, body: isJson ? JSON.parse(text) : text }
}
