import type { Localised } from '../../finding/index.js'
import { checked, type Shape, type TextCheck } from '../schema/shape.js'

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const months = `january february march april may june july august september october november december`.split(
  ' ',
)

/** A value or a range `from:to` that does not go backwards. */
function range(read: (text: string) => number | undefined, expected: Localised): Shape {
  const check: TextCheck = (text) => {
    const parts = text.split(':').map((part) => read(part.trim().toLowerCase()))
    const [from, to = from] = parts
    if (parts.length > 2 || from === undefined || to === undefined) return expected
    // Counted from the end of the month, so not comparable with days from its beginning.
    const goesOn = from > 0 && to < 0 ? true : from <= to && from < 0 === to < 0
    return goesOn
      ? undefined
      : { en: `${expected.en}, from the smaller one on`, ko: `${expected.ko}, 작은 것부터` }
  }
  return checked(check)
}

function named(names: readonly string[]): (text: string) => number | undefined {
  return (text) => {
    const index = names.indexOf(text)
    return index < 0 ? undefined : index
  }
}

function numberIn(isValid: (number: number) => boolean): (text: string) => number | undefined {
  return (text) => (/^-?\d{1,5}$/.test(text) && isValid(Number(text)) ? Number(text) : undefined)
}

/** Sunday is the first day. */
export const weekday = range(named(weekdays), {
  en: 'a weekday such as monday, or monday:friday',
  ko: 'monday 또는 monday:friday 같은 요일',
})

export const dayOfMonth = range(
  numberIn((day) => day !== 0 && Math.abs(day) <= 31),
  { en: 'a day from 1 to 31, or from -1 back to -31', ko: '1~31 또는 -1~-31의 날짜' },
)

export const month = range(
  (text) => (months.includes(text) ? months.indexOf(text) + 1 : numberIn((number) => number > 0)(text)),
  { en: 'a month such as january or 1:3', ko: 'january 또는 1:3 같은 달' },
)

export const year = range(
  numberIn((number) => number > 0),
  {
    en: 'a year such as 2026 or 2026:2028',
    ko: '2026 또는 2026:2028 같은 해',
  },
)

/** A name of the time zone database. */
export const timeZone = checked((text) => {
  try {
    return void new Intl.DateTimeFormat('en', { timeZone: text === 'Local' ? 'UTC' : text })
  } catch {
    return { en: 'a time zone such as Europe/Berlin', ko: 'Asia/Seoul 같은 시간대' }
  }
})

/** Hours and minutes of a day. */
export const clock = checked((text) =>
  /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text)
    ? undefined
    : { en: 'a time such as 09:30', ko: '09:30 같은 시각' },
)
