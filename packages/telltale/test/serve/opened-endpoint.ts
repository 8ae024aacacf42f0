import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import type { ConnectionOptions } from 'node:tls'
import { onTestFinished } from 'vitest'
import { Counter, Registry } from '../../src/index.js'
import { Endpoint, type EndpointSettings, type EndpointSource } from '../../src/serve/endpoint.js'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Asks over TLS. */
  readonly tls?: ConnectionOptions
  readonly agent?: import('node:http').Agent
  /** The address of this machine to ask from. */
  readonly from?: string
}

/** An endpoint of a test, listening on a free port until the test has finished. */
export class OpenedEndpoint {
  readonly endpoint: Endpoint
  readonly port: number
  readonly log: string[]
  readonly warnings: string[]

  private constructor(endpoint: Endpoint, log: string[], warnings: string[]) {
    this.endpoint = endpoint
    this.port = endpoint.address!.port
    this.log = log
    this.warnings = warnings
  }

  static async open(
    settings: Partial<EndpointSettings> = {},
    source: EndpointSource = oneCounter(),
  ): Promise<OpenedEndpoint> {
    const log: string[] = []
    const warnings: string[] = []
    const endpoint = new Endpoint(
      source,
      { ...plain, ...settings },
      {
        log: (line) => log.push(line),
        warn: (line) => warnings.push(line),
      },
    )
    await endpoint.open()
    onTestFinished(() => endpoint.close())
    return new OpenedEndpoint(endpoint, log, warnings)
  }

  async ask(
    path = '/metrics',
    { method = 'GET', headers = {}, tls, agent, from }: Asked = {},
  ): Promise<Answer> {
    const fromWhere = { ...(agent && { agent }), ...(from !== undefined && { localAddress: from }) }
    const options = { host: '127.0.0.1', port: this.port, path, method, headers, ...fromWhere }
    const req = tls ? secureRequest({ ...options, agent: false, ...tls }) : request(options)
    req.end()
    const [res] = (await once(req, 'response')) as [IncomingMessage]
    return { status: res.statusCode!, headers: res.headers, body: await textOf(res) }
  }

  /** A connection that says exactly what it is given. */
  async connect(text = ''): Promise<Socket> {
    const socket = connect(this.port, '127.0.0.1')
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
    socket.write(text)
    return socket
  }

  /** All that a connection answers to a text until it is closed. */
  async say(text: string): Promise<string> {
    return textOf(await this.connect(text))
  }

  /** A sample of the endpoint's own metrics, as a scrape shows it; `undefined` where there is none. */
  async sample(name: string, asked: Asked = {}): Promise<number | undefined> {
    const { body } = await this.ask('/metrics', asked)
    const line = body.split('\n').find((candidate) => candidate.startsWith(`${name} `))
    return line === undefined ? undefined : Number(line.slice(name.length + 1))
  }
}

const plain: EndpointSettings = { port: 0, host: '127.0.0.1', cors: false, reset: false, selfMetrics: true }

export function oneCounter(): Registry {
  const registry = new Registry()
  new Counter({ name: 'a_total', help: 'A.', registry }).inc(2)
  return registry
}

/** A file in a folder of its own that goes with the test; `write` replaces what it says. */
export function testFile(
  name: string,
  content: string,
): { readonly path: string; write(content: string): void } {
  const folder = mkdtempSync(join(tmpdir(), 'telltale-endpoint-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, name)
  writeFileSync(path, content)
  return { path, write: (next) => writeFileSync(path, next) }
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}
