import { PrometheusApi } from '../stack/prometheus-api.js'
import type { Notification, WebhookReceiver } from '../stack/webhook-receiver.js'
import type { Terminal } from '../terminal.js'
import { readStatus, type Status, statusChanges, statusLine } from './status.js'

const interval = 3_000

/** Tells what happens while the stack runs: a live line on a terminal, changes and alerts as lines everywhere. */
export class Watch {
  readonly #terminal: Terminal
  readonly #api: PrometheusApi | undefined
  readonly #stopListening: () => void
  #timer: NodeJS.Timeout | undefined
  #stopped = false
  #last: Status | undefined

  constructor(terminal: Terminal, prometheusUrl: string | undefined, webhook: WebhookReceiver) {
    this.#terminal = terminal
    this.#api = prometheusUrl === undefined ? undefined : new PrometheusApi(prometheusUrl)
    this.#stopListening = webhook.onNotification((notification) => this.#notified(notification))
    void this.#look()
  }

  stop(): void {
    this.#stopped = true
    this.#stopListening()
    clearTimeout(this.#timer)
    this.#terminal.status('')
  }

  async #look(): Promise<void> {
    if (this.#api === undefined) return
    try {
      this.#show(await readStatus(this.#api))
    } catch {
      if (!this.#stopped) this.#terminal.status('Prometheus does not answer')
    }
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#look(), interval)
  }

  #show(status: Status): void {
    if (this.#stopped) return
    const changes = this.#last === undefined ? [] : statusChanges(this.#last, status)
    for (const change of changes) this.#say(change)
    this.#terminal.status(statusLine(status))
    this.#last = status
  }

  #notified({ alerts }: Notification): void {
    const { red, green } = this.#terminal.colours
    for (const { status, labels, annotations } of alerts) {
      const word = status === 'firing' ? red('delivered') : green('resolved ')
      const text = annotations.description ?? annotations.summary ?? ''
      this.#say(`${word} ${labels.alertname} (${labels.severity ?? 'no severity'}): ${text}`)
    }
  }

  #say(text: string): void {
    this.#terminal.line(`  ${this.#terminal.colours.dim(new Date().toTimeString().slice(0, 8))}  ${text}`)
  }
}
