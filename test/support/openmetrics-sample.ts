export const openMetricsTypes = [
  'unknown',
  'gauge',
  'counter',
  'stateset',
  'info',
  'histogram',
  'gaugehistogram',
  'summary',
] as const

export type OpenMetricsType = (typeof openMetricsTypes)[number]

/** One sample line, its names and label values unescaped. */
export interface OpenMetricsSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  /** In seconds. */
  readonly timestamp?: number
  readonly exemplar?: Omit<OpenMetricsSample, 'name' | 'line' | 'exemplar'>
  /** The line of the text it stands in, from 1. */
  readonly line: number
}

/** One family: its metadata and its samples in the order of the text. */
export interface OpenMetricsFamily {
  readonly name: string
  readonly type: OpenMetricsType
  readonly unit: string
  readonly help: string
  readonly samples: readonly OpenMetricsSample[]
}

/** What the text breaks, and in which line. */
export class OpenMetricsError extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`)
    this.name = 'OpenMetricsError'
    this.line = line
  }
}
