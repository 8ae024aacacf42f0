import type { Answer } from '../http/index.js'

/** One series of an instant query. */
export interface QuerySample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** What the API gives for an instant query. */
export interface QueryResult {
  readonly resultType: string
  readonly result: unknown
}

type Labelled = { readonly metric: Record<string, string>; readonly value: readonly [number, string] }

/** What the API of a Prometheus answered; `undefined` for a refusal, and for what is none of its answers. */
export function dataIn<T>({ body }: Answer): T | undefined {
  try {
    // The shape is the API's own contract, stable since Prometheus 2.0.
    const { status, data } = JSON.parse(body) as { status?: string; data?: T }
    return status === 'success' ? data : undefined
  } catch {
    return undefined
  }
}

/** Why it refused, in its own words where it has some. */
export function refusalIn({ status, body }: Answer): string {
  return /"error":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? `status ${status}`
}

/** The samples of an instant query; a scalar is one without labels. */
export function samplesOf({ resultType, result }: QueryResult): QuerySample[] {
  if (resultType === 'scalar') {
    const [, value] = result as readonly [number, string]
    return [{ labels: {}, value: Number(value) }]
  }
  return (result as readonly Labelled[]).map(({ metric, value }) => ({
    labels: metric,
    value: Number(value[1]),
  }))
}
