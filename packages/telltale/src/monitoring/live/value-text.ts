import type { Language, SignalUnit } from '../signals/signal.js'

/** A value as people read it, with its unit. */
export function valueText(value: number, unit: SignalUnit, language: Language): string {
  if (!Number.isFinite(value)) return '–'
  switch (unit) {
    case 'ratio':
      return `${number(value * 100)} %`
    case 'percent':
      return `${number(value)} %`
    case 'seconds':
      return secondsText(value, language)
    case 'bytes':
      return bytesText(value)
    case 'bytes-per-hour':
      return `${bytesText(value)}/h`
    case 'per-second':
      return `${number(value)}/s`
    case 'per-hour':
      return `${number(value)}/h`
    case 'cores':
      return language === 'ko'
        ? `${number(value)} 코어`
        : `${number(value)} ${value === 1 ? 'core' : 'cores'}`
    case 'factor':
      return `${number(value)} ×`
    default:
      return number(value)
  }
}

/** Three digits are enough to see what happens. */
export function number(value: number): string {
  const size = Math.abs(value)
  if (size < 0.0005) return '0'
  if (size >= 1e9) return `${digits(value / 1e9)} G`
  if (size >= 1e6) return `${digits(value / 1e6)} M`
  if (size >= 1e4) return `${digits(value / 1e3)} k`
  return digits(value)
}

function digits(value: number): string {
  const size = Math.abs(value)
  return size >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(size < 0.1 ? 2 : 3)))
}

const ko = { day: '일', hour: '시간', minute: '분', second: '초' }
const en = { day: 'd', hour: 'h', minute: 'min', second: 's' }

/** A span of time: `340 µs`, `1.2 s`, `3 min 20 s`. */
export function secondsText(seconds: number, language: Language): string {
  const words = language === 'ko' ? ko : en
  const size = Math.abs(seconds)
  if (size > 0 && size < 0.001) return size < 0.0000005 ? '0 s' : `${digits(seconds * 1e6)} µs`
  if (size > 0 && size < 1) return `${digits(seconds * 1000)} ms`
  if (size < 60) return `${Number(seconds.toPrecision(3))} ${words.second}`.replace(' 초', '초')
  const whole = Math.round(seconds)
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), words.day],
    [Math.floor((whole % 86_400) / 3600), words.hour],
    [Math.floor((whole % 3600) / 60), words.minute],
    [whole % 60, words.second],
  ]
  const first = parts.findIndex(([count]) => count > 0)
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0)
  return shown.map(([count, word]) => (language === 'ko' ? `${count}${word}` : `${count} ${word}`)).join(' ')
}

function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.abs(bytes) || 1) / 10)))
  return `${digits(bytes / 1024 ** power)} ${units[power]}`
}
