/** One alert under chosen series, and exactly which of its instances have to fire at a moment. */
export interface Scenario {
  readonly alert: string
  /** What the series show. */
  readonly shows: string
  /** Minutes after the first sample. */
  readonly at: number
  /** Values a minute apart, by series, in the notation of promtool. */
  readonly series: Readonly<Record<string, string>>
  /** The labels of those that fire, `severity` included. */
  readonly firing: readonly string[]
}

type Part = readonly [value: number, minutes: number]

/** A counter that grows by `value` a minute, for so many minutes each. */
export function counter(...parts: readonly Part[]): string {
  let total = 0
  return parts
    .map(([perMinute, minutes]) => {
      const text = `${total}+${perMinute}x${minutes - 1}`
      total += perMinute * minutes
      return text
    })
    .join(' ')
}

/** A gauge that has a value for so many minutes each. */
export function gauge(...parts: readonly Part[]): string {
  return parts.map(([value, minutes]) => `${value}x${minutes - 1}`).join(' ')
}

/** A gauge that starts at `value` and changes by `step` a minute. */
export function ramp(value: number, step: number, minutes: number): string {
  return `${value}${step < 0 ? '' : '+'}${step}x${minutes - 1}`
}

/** Nothing for so many minutes. */
export const nothing = (minutes: number) => `_x${minutes}`

interface TestGroup {
  readonly name: string
  readonly interval: string
  readonly input_series: readonly { readonly series: string; readonly values: string }[]
  readonly promql_expr_test: readonly {
    readonly expr: string
    readonly eval_time: string
    readonly exp_samples: readonly { readonly labels: string; readonly value: number }[]
  }[]
}

/** The scenario as promtool reads it. */
export function testGroup({ alert, shows, at, series, firing }: Scenario): TestGroup {
  const state = `alertname="${alert}",alertstate="firing"`
  return {
    name: `${alert}: ${shows}`,
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [
      {
        expr: `ALERTS{${state}}`,
        eval_time: `${at}m`,
        exp_samples: firing.map((labels) => ({ labels: `ALERTS{${state},${labels}}`, value: 1 })),
      },
    ],
  }
}
