import { TelltaleError } from './error.js'
import { shown } from './metric-name.js'

/** What a label may be set to. Numbers, booleans and bigints are converted; `undefined` and `null` are `''`. */
export type LabelValue = string | number | bigint | boolean | null | undefined

/**
 * The labels of a metric: their names in order, or their names with the values that each may take, where
 * `String` stands for any text. Closed sets of values are checked, and when all are closed their series start at
 * zero.
 */
export type LabelSchema =
  | readonly string[]
  | { readonly [name: string]: StringConstructor | readonly string[] }

/** The schema of a metric without labels. */
export type NoLabels = readonly []

/** The names in a schema. */
export type LabelNames<L extends LabelSchema> = L extends readonly string[] ? L[number] : keyof L & string

/** One value for each label of a schema, by name. */
export type LabelsByName<L extends LabelSchema> = L extends NoLabels
  ? Readonly<Record<string, never>>
  : L extends readonly string[]
    ? { readonly [N in L[number]]: LabelValue }
    : { readonly [N in keyof L]: L[N] extends readonly string[] ? L[N][number] : LabelValue }

/** One value for each label of a schema, in its order. */
export type LabelsByPosition<L extends LabelSchema> = L extends readonly string[]
  ? { readonly [I in keyof L]: LabelValue }
  : readonly LabelValue[]

/** A schema as the engine works with it: names in order, and for each the closed set of its values, if any. */
export interface LabelPlan {
  readonly names: readonly string[]
  readonly closed: readonly (ReadonlySet<string> | undefined)[]
}

/** Reads a schema and copies it. Throws `TELLTALE_LABEL_VALUE` for what is none, and for an empty set. */
export function planLabels(metric: string, schema: LabelSchema = []): LabelPlan {
  if (isNameList(schema)) return { names: [...schema], closed: schema.map(() => undefined) }
  if (typeof schema !== 'object' || schema === null) {
    throw new TelltaleError(
      'TELLTALE_LABEL_VALUE',
      `metric "${metric}": got labels ${shown(schema)}, expected a list of names, for example ["method"]`,
    )
  }
  const names = Object.keys(schema)
  return { names, closed: names.map((name) => closedSet(metric, name, schema[name])) }
}

function isNameList(schema: LabelSchema): schema is readonly string[] {
  return Array.isArray(schema)
}

function closedSet(metric: string, name: string, values: unknown): ReadonlySet<string> | undefined {
  if (values === String) return undefined
  if (!Array.isArray(values) || values.length === 0 || !values.every((value) => typeof value === 'string')) {
    throw new TelltaleError(
      'TELLTALE_LABEL_VALUE',
      `metric "${metric}": label "${name}" got ${shown(values)}, expected String or a list of texts`,
    )
  }
  return new Set(values.map((value: string) => value.toWellFormed()))
}
