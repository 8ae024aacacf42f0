import { parse } from 'yaml'

/** The part of a running prometheus.yml that the checks read. */
export interface RunningJob {
  readonly job_name: string
  readonly scrape_interval: string
  readonly scrape_timeout: string
}

/** One place that samples are written to. */
export interface RunningRemote {
  readonly url?: string
  readonly name?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A configuration as `/api/v1/status/config` gives it. */
export interface RunningConfiguration {
  readonly global?: Readonly<Record<string, unknown>>
  readonly rule_files?: readonly string[]
  readonly scrape_configs?: readonly RunningJob[]
  readonly remote_write?: readonly RunningRemote[]
}

/** Reads the configuration that a server printed: it is valid, since it runs. */
export function readRunning(yaml: string): RunningConfiguration {
  const content: unknown = parse(yaml, { version: '1.1' })
  // Printed by Prometheus from its own types.
  return typeof content === 'object' && content !== null ? (content as RunningConfiguration) : {}
}
