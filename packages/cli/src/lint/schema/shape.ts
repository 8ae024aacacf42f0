import type { Localised } from '../../finding/index.js'

/** What a text may be: undefined when it is right, what was expected otherwise. */
export type TextCheck = (text: string) => Localised | undefined

/** One field of a mapping. */
export interface Field {
  readonly shape: Shape
  readonly required?: boolean
  /** The first version that knows it. */
  readonly since?: string
  /** The first version that knows it no more. */
  readonly until?: string
}

/** What a value in a YAML file has to be. */
export type Shape =
  | { readonly kind: 'text'; readonly check?: TextCheck }
  | { readonly kind: 'number'; readonly check?: TextCheck }
  | { readonly kind: 'boolean' }
  /** Anything: it is described elsewhere. */
  | { readonly kind: 'any' }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'dictionary'; readonly of: Shape; readonly key?: TextCheck }
  | { readonly kind: 'fields'; readonly fields: Fields }

export type Fields = Readonly<Record<string, Field>>

/** A field that may be left out. */
export function field(shape: Shape, availability: Omit<Field, 'shape'> = {}): Field {
  const { required = false, since, until } = availability
  return {
    shape,
    required,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  }
}

export const any: Shape = { kind: 'any' }
export const flag: Shape = { kind: 'boolean' }
export const text: Shape = { kind: 'text' }
export const list = (of: Shape): Shape => ({ kind: 'list', of })
export const dictionary = (of: Shape, key?: TextCheck): Shape =>
  key === undefined ? { kind: 'dictionary', of } : { kind: 'dictionary', of, key }
export const fields = (of: Fields): Shape => ({ kind: 'fields', fields: of })
export const checked = (check: TextCheck): Shape => ({ kind: 'text', check })

/** Every name with the same shape, as a set of optional fields. */
export function all(names: string, shape: Shape): Fields {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, field(shape)]))
}
