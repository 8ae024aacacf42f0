import type { Language } from '../signals/signal.js'
import { number, secondsText, valueText } from './value-text.js'
import type { Element } from './vector.js'

/** What an alert says of one of its elements: the templates of Prometheus in its summary, filled in. */
export function summaryText(template: string, { labels, value }: Element, language: Language): string {
  return template.replace(/\{\{\s*(.*?)\s*\}\}/g, (written, inside: string) => {
    const [subject = '', ...functions] = inside.split('|').map((part) => part.trim())
    const label = /^\$labels\.(\w+)$/.exec(subject)
    if (label !== null) return labels[label[1]!] ?? ''
    return subject === '$value' ? humanized(value, functions.at(-1), language) : written
  })
}

function humanized(value: number, how: string | undefined, language: Language): string {
  switch (how) {
    case 'humanizePercentage':
      return valueText(value, 'ratio', language).replace(' ', '')
    case 'humanizeDuration':
      return secondsText(value, language)
    case 'humanize1024':
      return valueText(value, 'bytes', language).slice(0, -1)
    default:
      return number(value)
  }
}
