import type { Localised } from '../../finding/index.js'
import { parseDuration, readRe2 } from '../../promql/index.js'
import { checked, type Shape } from './shape.js'

const durationText: Localised = { en: 'a duration such as 15s or 1m30s', ko: '15s, 1m30s 같은 기간' }
const numberText: Localised = { en: 'a number', ko: '숫자' }
const sizeText: Localised = { en: 'a size such as 50MB', ko: '50MB 같은 크기' }
const labelText: Localised = {
  en: 'a label name of letters, digits and _',
  ko: '영문자, 숫자, _ 로 된 레이블 이름',
}

/** A duration as Prometheus reads it. */
export const duration: Shape = checked((text) =>
  parseDuration(text) === undefined ? durationText : undefined,
)

/** A duration of more than zero. */
export const positiveDuration: Shape = checked((text) =>
  (parseDuration(text) ?? 0) > 0
    ? undefined
    : { en: `${durationText.en}, more than 0`, ko: `0보다 긴 ${durationText.ko}` },
)

export const wholeNumber: Shape = {
  kind: 'number',
  check: (text) => (/^[+-]?\d+$/.test(text) ? undefined : { en: 'a whole number', ko: '정수' }),
}

export const number: Shape = {
  kind: 'number',
  check: (text) => (text.trim() !== '' && Number.isFinite(Number(text)) ? undefined : numberText),
}

/** A number of bytes, with a unit; 0 is none. */
export const size: Shape = checked((text) =>
  /^(?:0|\d+(?:\.\d+)?(?:[KMGTPE]i?)?B)$/.test(text) ? undefined : sizeText,
)

export const regexp: Shape = checked((text) => {
  const read = readRe2(text)
  if (!('fault' in read)) return undefined
  return { en: `a regular expression: ${read.fault.en}`, ko: `정규식: ${read.fault.ko}` }
})

/** One of the given words. */
export function oneOf(...words: readonly string[]): Shape {
  const expected = { en: `one of ${words.join(', ')}`, ko: `${words.join(', ')} 가운데 하나` }
  return checked((text) => (words.includes(text) ? undefined : expected))
}

/** An address with http or https. */
export const webAddress: Shape = checked((text) =>
  /^https?:\/\/[^/]+/.test(text)
    ? undefined
    : { en: 'an address with http:// or https://', ko: 'http:// 또는 https:// 주소' },
)

export function labelName(text: string): Localised | undefined {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) ? undefined : labelText
}

export function metricName(text: string): boolean {
  return /^[A-Za-z_:][A-Za-z0-9_:]*$/.test(text)
}
