/** How the text of a setting becomes a value. */
export interface Kind<T> {
  /** Completes the sentence "expected …". */
  readonly expected: string
  /** The value, or undefined when the text is none. */
  parse(text: string): T | undefined
  /** The text may hold a password: messages leave it out. */
  readonly secret?: boolean
}

export function whole(min: number, max: number): Kind<number> {
  return {
    expected: `a whole number from ${min} to ${max}`,
    parse: (text) => numberWithin(text, min, max, /^\d+$/),
  }
}

export function decimal(min: number, max: number, meaning: string): Kind<number> {
  return {
    expected: `${meaning} from ${min} to ${max}`,
    parse: (text) => numberWithin(text, min, max, /^\d+(\.\d+)?$|^\.\d+$/),
  }
}

export const ratio: Kind<number> = decimal(0, 1, 'a ratio')

export const port: Kind<number> = {
  ...whole(0, 65535),
  expected: 'a port number from 0 to 65535 (0 takes any free port)',
}

export const switched: Kind<boolean> = {
  expected: '"on" or "off"',
  parse: (text) =>
    new Map([
      ['on', true],
      ['true', true],
      ['1', true],
      ['off', false],
      ['false', false],
      ['0', false],
    ]).get(text.toLowerCase()),
}

export const anyText: Kind<string> = { expected: 'text', parse: (text) => text }

export function url(...schemes: readonly string[]): Kind<URL> {
  return {
    expected: `a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    parse: (text) =>
      schemes.some((scheme) => text.startsWith(`${scheme}://`)) && URL.canParse(text)
        ? new URL(text)
        : undefined,
    secret: true,
  }
}

function numberWithin(text: string, min: number, max: number, shape: RegExp): number | undefined {
  const value = shape.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max ? value : undefined
}
