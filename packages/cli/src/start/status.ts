import type { PrometheusApi } from '../stack/prometheus-api.js'

/** What Prometheus sees at one moment. */
export interface Status {
  readonly up: number
  readonly targets: number
  readonly down: readonly string[]
  readonly requestsPerSecond: number | undefined
  readonly errorRatio: number | undefined
  readonly firing: readonly string[]
  readonly pending: readonly string[]
}

const requests = 'sum(rate(http_requests_total{job="nodejs-app"}[1m]))'
const failures = 'sum(rate(http_requests_total{job="nodejs-app",status_code=~"5.."}[1m]))'

/** Reads the status; rejects when Prometheus does not answer. */
export async function readStatus(api: PrometheusApi): Promise<Status> {
  const [targets, alerts, requestsPerSecond, errorRatio] = await Promise.all([
    api.targets(),
    api.alerts(),
    api.value(requests),
    api.value(`${failures} / ${requests} or 0 * ${requests}`),
  ])
  const inState = (state: string) => {
    const names = alerts
      .filter((alert) => alert.state === state)
      .map((alert) => alert.labels.alertname ?? '?')
    return [...new Set(names)].filter((name) => name !== 'Watchdog').sort()
  }
  return {
    up: targets.filter((target) => target.health === 'up').length,
    targets: targets.length,
    down: targets
      .filter(({ health }) => health === 'down')
      .map(({ labels }) => `${labels.job} ${labels.instance}`),
    requestsPerSecond,
    errorRatio: Number.isNaN(errorRatio) ? undefined : errorRatio,
    firing: inState('firing'),
    pending: inState('pending'),
  }
}

/** The status in one line. */
export function statusLine(status: Status): string {
  const known = status.up + status.down.length
  const parts = [known === 0 ? 'waiting for the first scrape' : `${status.up}/${status.targets} targets up`]
  if (status.requestsPerSecond !== undefined) parts.push(`${status.requestsPerSecond.toFixed(1)} requests/s`)
  if (status.errorRatio !== undefined) parts.push(`${(status.errorRatio * 100).toFixed(1)} % errors`)
  parts.push(status.firing.length === 0 ? 'no alert firing' : `firing: ${status.firing.join(', ')}`)
  if (status.pending.length > 0) parts.push(`pending: ${status.pending.join(', ')}`)
  return parts.join(' · ')
}

/** What became different, a line each: targets that went down or came back, alerts that are pending or over. */
export function statusChanges(before: Status, after: Status): string[] {
  const added = (from: readonly string[], to: readonly string[]) => to.filter((name) => !from.includes(name))
  const wasActive = [...before.firing, ...before.pending]
  const isActive = [...after.firing, ...after.pending]
  return [
    ...added(before.down, after.down).map((name) => `target down: ${name}`),
    ...added(after.down, before.down).map((name) => `target up again: ${name}`),
    ...added(before.pending, after.pending).map((name) => `alert pending: ${name}`),
    ...added(before.firing, after.firing).map((name) => `alert firing: ${name}`),
    ...added(isActive, wasActive).map((name) => `alert over: ${name}`),
  ]
}
