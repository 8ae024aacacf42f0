import { alertQuery } from '../rules/alert-rules.js'
import type { AlertDefinition, Signal, Threshold } from '../signals/signal.js'
import type { Evaluation } from './evaluation.js'
import { type Element, labelKey } from './vector.js'

/** An alert of a signal whose condition holds, or has just ceased to. */
export interface Trouble {
  readonly signal: Signal
  readonly alert: AlertDefinition
  readonly threshold: Threshold
  readonly labels: Element['labels']
  /** The last value across the threshold. */
  readonly value: number
  /** Since when the page has seen it hold, in seconds. */
  readonly since: number
  /** Whether it has held for as long as the alert waits. */
  readonly isFiring: boolean
}

interface Held {
  trouble: Trouble
  /** When it last held. */
  lastAt: number
}

const order = ['critical', 'warning', 'info', 'none'] as const

/** Which alerts would fire, by what was seen so far. Prometheus may know more: it has watched for longer. */
export class Conditions {
  readonly #watched: readonly { readonly signal: Signal; readonly alert: AlertDefinition }[]
  readonly #held = new Map<string, Held>()
  #count = 0

  constructor(signals: readonly Signal[]) {
    this.#watched = signals.flatMap((signal) => (signal.alert ? [{ signal, alert: signal.alert }] : []))
  }

  /** How many alerts there were values for at the last moment. */
  get count(): number {
    return this.#count
  }

  /** The most severe first, and of one alert and label set only that one; what fires before what waits. */
  get troubles(): readonly Trouble[] {
    const worst = new Map<string, Trouble>()
    for (const { trouble } of this.#held.values()) {
      const key = `${trouble.alert.name} ${labelKey(trouble.labels)}`
      const known = worst.get(key)
      if (known === undefined || rank(trouble) < rank(known)) worst.set(key, trouble)
    }
    return [...worst.values()].sort((a, b) => rank(a) - rank(b) || a.since - b.since)
  }

  /** Takes the values of a moment, in seconds. */
  update(at: number, evaluation: Evaluation): void {
    this.#count = 0
    for (const { signal, alert } of this.#watched) {
      if (evaluation.vector(signal.query).length > 0) this.#count++
      for (const threshold of alert.thresholds) {
        for (const element of evaluation.vector(alertQuery(signal, alert, threshold))) {
          this.#hold(at, { signal, alert, threshold }, element)
        }
      }
    }
    for (const [key, held] of this.#held) {
      const { isFiring, threshold } = held.trouble
      const kept = isFiring ? (threshold.keepFiringSeconds ?? 0) : 0
      if (at > held.lastAt + kept) this.#held.delete(key)
    }
  }

  #hold(
    at: number,
    { signal, alert, threshold }: Pick<Trouble, 'signal' | 'alert' | 'threshold'>,
    { labels, value }: Element,
  ): void {
    const key = `${signal.id} ${threshold.severity} ${labelKey(labels)}`
    const known = this.#held.get(key)
    const since = known?.trouble.since ?? at
    const isFiring = known?.trouble.isFiring === true || at - since >= threshold.forSeconds
    this.#held.set(key, {
      trouble: { signal, alert, threshold, labels, value, since, isFiring },
      lastAt: at,
    })
  }
}

const rank = ({ isFiring, threshold }: Trouble) => order.indexOf(threshold.severity) + (isFiring ? 0 : 10)
