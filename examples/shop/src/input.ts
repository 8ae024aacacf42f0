import { z } from 'zod'
import { validationError } from './http-error.js'

/** PostgreSQL stores no NUL in text. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !value.includes('\0'), 'must not contain a NUL character')

/** PostgreSQL's integer. */
export const identifier = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1)

export const source = z.enum(['api', 'web', 'mobile']).default('api')

export const page = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  before: identifier.optional(),
})

export type Page = z.infer<typeof page>

/** What `schema` makes of the input; throws a 400 that lists what is wrong with it. */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const outcome = schema.safeParse(input ?? {})
  if (outcome.success) return outcome.data
  throw validationError(outcome.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
}
