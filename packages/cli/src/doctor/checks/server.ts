import type { Finding } from '../../finding/finding.js'
import { atUrl } from '../../finding/place.js'
import { evidenceOf, whatAnswers } from '../../http/index.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { type Obstacle, PrometheusSource } from '../source/prometheus-source.js'
import { atLeast } from '../source/server-identity.js'
import { server } from '../texts/server.js'

/** Farther apart than this, "now" is not the same moment. */
const mostClockSeconds = 30

const apiPath = '/api/v1/status/buildinfo'

async function contact({ prometheus, seconds }: Setup): Promise<readonly Finding[]> {
  const found = await prometheus.contact()
  if ('obstacle' in found) return [await obstacleFinding(prometheus, found.obstacle, seconds)]
  const place = atUrl(prometheus.url)
  const { flavour, name, version } = found.identity
  if (flavour === 'agent') return [server.finding('server/agent', place, {})]
  if (flavour !== 'prometheus') return [server.finding('server/other-product', place, { name, version })]
  return atLeast(version, 2, 42) === false ? [server.finding('server/old-version', place, { version })] : []
}

async function obstacleFinding(
  prometheus: PrometheusSource,
  obstacle: Obstacle,
  seconds: number,
): Promise<Finding> {
  const place = atUrl(prometheus.url)
  if (obstacle.kind === 'unreachable') return connectionFinding(prometheus, obstacle.error.fault, seconds)
  const { answer } = obstacle
  if (obstacle.kind === 'login') return server.finding('server/login', place, { status: answer.status })
  const values = { path: apiPath, evidence: evidenceOf(answer) }
  switch (await whatAnswers(prometheus.url, seconds)) {
    case 'alertmanager':
      return server.finding('server/is-alertmanager', place, values)
    case 'grafana':
      return server.finding('server/is-grafana', place, values)
    case 'metrics':
      return server.finding('server/is-metrics', place, values)
    case 'prefix':
      return server.finding('server/prefix', place, {
        path: apiPath,
        evidence: values.evidence,
        url: prometheus.url,
      })
    default:
      return server.finding('server/not-prometheus', place, values)
  }
}

async function connectionFinding(
  { url }: PrometheusSource,
  { kind, detail }: { readonly kind: string; readonly detail: string },
  seconds: number,
): Promise<Finding> {
  const place = atUrl(url)
  switch (kind) {
    case 'refused':
      return server.finding('server/refused', place, { detail, elsewhere: await elsewhere(url, seconds) })
    case 'unknown-host':
      return server.finding('server/unknown-host', place, { detail })
    case 'timeout':
      return server.finding('server/timeout', place, { detail })
    case 'tls':
      return server.finding('server/tls', place, { detail })
    default:
      return server.finding('server/unreachable', place, { detail })
  }
}

/** A Prometheus on the other usual port of the same machine. */
async function elsewhere(url: string, seconds: number): Promise<string> {
  const other = new URL(url)
  other.port = other.port === '9090' ? '9091' : '9090'
  const candidate = new PrometheusSource(other.href, { seconds })
  const there = await candidate.contact()
  return 'identity' in there ? ` (${there.identity.name}: --prometheus ${candidate.url})` : ''
}

async function readiness({ prometheus }: Setup): Promise<readonly Finding[]> {
  const { flavour } = await prometheus.identity()
  if (flavour !== 'prometheus' && flavour !== 'agent') return []
  const { status } = await prometheus.page('/-/ready')
  return status === 200 ? [] : [server.finding('server/not-ready', atUrl(prometheus.url), { status })]
}

async function clock({ prometheus }: Setup): Promise<readonly Finding[]> {
  const found = await prometheus.contact()
  if (!('identity' in found) || found.answer.date === undefined) return []
  const seconds = Math.round(Math.abs(found.answer.date - found.answeredAt) / 1000)
  if (seconds <= mostClockSeconds) return []
  return [server.finding('server/clock', atUrl(prometheus.url), { seconds })]
}

async function exposedFlags({ prometheus }: Setup): Promise<readonly Finding[]> {
  const flags = await prometheus.flags()
  const address = flags['web.listen-address'] ?? ''
  const place = atUrl(prometheus.url)
  const findings: Finding[] = []
  if (!isLoopback(address) && flags['web.config.file'] === '') {
    if (flags['web.enable-admin-api'] === 'true')
      findings.push(server.finding('server/admin-api', place, { address }))
    if (flags['web.enable-lifecycle'] === 'true')
      findings.push(server.finding('server/lifecycle', place, { address }))
  }
  const url = flags['web.external-url']
  if (url === '')
    findings.push(
      server.finding('server/external-url', place, { url: `http://HOSTNAME:${portOf(address)}/` }),
    )
  return findings
}

function isLoopback(address: string): boolean {
  return /^(?:127\.|localhost:|\[::1\])/.test(address)
}

function portOf(address: string): string {
  return address.slice(address.lastIndexOf(':') + 1)
}

export const serverChecks = checksOf('server', [contact, readiness, clock, exposedFlags])
