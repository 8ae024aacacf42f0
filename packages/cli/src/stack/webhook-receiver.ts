import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { CommandError } from '../command-error.js'

/** One alert of a {@link Notification}. */
export interface NotifiedAlert {
  readonly status: 'firing' | 'resolved'
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly startsAt: string
  readonly endsAt: string
  readonly generatorURL: string
  readonly fingerprint: string
}

/** What Alertmanager posts to a webhook (version "4"). */
export interface Notification {
  readonly receiver: string
  readonly status: 'firing' | 'resolved'
  readonly alerts: readonly NotifiedAlert[]
  readonly groupLabels: Readonly<Record<string, string>>
  readonly commonLabels: Readonly<Record<string, string>>
  readonly groupKey: string
}

const largestBody = 4_000_000
const keptNotifications = 10_000

/** The other end of an Alertmanager webhook, on the loopback address: it keeps what arrives and tells listeners. */
export class WebhookReceiver {
  /** The address to give to Alertmanager. */
  readonly url: string
  readonly #server: Server
  readonly #received: Notification[] = []
  readonly #listeners = new Set<(notification: Notification) => void>()

  private constructor(server: Server, port: number) {
    this.#server = server
    this.url = `http://localhost:${port}/alerts`
    server.on('request', (request, response) => {
      void this.#receive(request, response)
    })
  }

  /** Listens on `port`, or on a free one for 0. */
  static async start(port = 0): Promise<WebhookReceiver> {
    const server = createServer()
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return new WebhookReceiver(server, typeof address === 'object' && address !== null ? address.port : port)
  }

  /** Everything that arrived, oldest first. */
  get notifications(): readonly Notification[] {
    return this.#received
  }

  /** Calls `listener` for each notification from now on, until the returned function is called. */
  onNotification(listener: (notification: Notification) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Resolves with the first alert, among those received and those to come, that `matches`. Rejects with
   * TELLTALE_TIMEOUT after `within` milliseconds and lists what arrived instead.
   */
  alert(matches: (alert: NotifiedAlert) => boolean, within = 60_000): Promise<NotifiedAlert> {
    const earlier = this.#received.flatMap((notification) => notification.alerts).find(matches)
    if (earlier !== undefined) return Promise.resolve(earlier)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stopListening()
        reject(new CommandError('TELLTALE_TIMEOUT', this.#nothingMatched(within)))
      }, within)
      const stopListening = this.onNotification((notification) => {
        const alert = notification.alerts.find(matches)
        if (alert === undefined) return
        clearTimeout(timer)
        stopListening()
        resolve(alert)
      })
    })
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const notification = parseNotification(await readBody(request))
      this.#received.push(notification)
      if (this.#received.length > keptNotifications) this.#received.shift()
      response.writeHead(204).end()
      for (const listener of [...this.#listeners]) listener(notification)
    } catch {
      response.writeHead(400).end()
    }
  }

  #nothingMatched(within: number): string {
    const seen = this.#received.flatMap(({ alerts }) =>
      alerts.map((alert) => `${alert.labels.alertname} ${alert.status}`),
    )
    return `waited ${within / 1000} s for an alert; received: ${seen.length === 0 ? 'nothing' : seen.join(', ')}`
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  request.setEncoding('utf8')
  for await (const chunk of request) {
    body += chunk
    if (body.length > largestBody) throw new Error('too large')
  }
  return body
}

function parseNotification(body: string): Notification {
  const value: unknown = JSON.parse(body)
  if (typeof value !== 'object' || value === null || !('alerts' in value) || !Array.isArray(value.alerts)) {
    throw new Error('not a notification')
  }
  // Alertmanager's own contract from here on: its version 4 has these fields and no others are read.
  return value as Notification
}
