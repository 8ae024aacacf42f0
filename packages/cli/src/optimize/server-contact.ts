import { CommandError } from '../command-error.js'
import type { Credentials } from '../doctor/probe/credentials.js'
import { PrometheusSource } from '../doctor/source/prometheus-source.js'
import { atLeast, type ServerIdentity } from '../doctor/source/server-identity.js'
import { evidenceOf, whatAnswers } from '../http/index.js'

const mistaken = {
  alertmanager: 'this is an Alertmanager; Prometheus usually listens on 9090 or 9091',
  grafana: 'this is a Grafana; give the address of the Prometheus behind it, and this one as --grafana',
  prefix: 'Prometheus answers below /prometheus; give the address with it',
  metrics: 'this is an endpoint with metrics; give the address of the Prometheus that scrapes it',
  other: 'give the address of a Prometheus',
} as const

/** A Prometheus that can be asked, and what it is. */
export interface ServerContact {
  readonly source: PrometheusSource
  readonly identity: ServerIdentity
}

/** Reaches a Prometheus. Rejects with TELLTALE_PROMETHEUS, which says what is there instead. */
export async function reachPrometheus(
  address: string,
  credentials: Credentials,
  seconds: number,
): Promise<ServerContact> {
  const source = new PrometheusSource(address, { seconds, authorization: credentials.prometheus })
  const contact = await source.contact()
  if ('identity' in contact) {
    refuseOthers(source.url, contact.identity)
    return { source, identity: contact.identity }
  }
  const { obstacle } = contact
  if (obstacle.kind === 'unreachable') {
    throw fault(source.url, obstacle.error.fault.detail, 'check the address, and that Prometheus runs')
  }
  if (obstacle.kind === 'login') {
    const remedy =
      'set PROMETHEUS_TOKEN, or PROMETHEUS_USERNAME and PROMETHEUS_PASSWORD, or give --credentials'
    throw fault(source.url, 'it asks for a login', remedy)
  }
  throw fault(source.url, `got ${evidenceOf(obstacle.answer)}`, mistaken[await whatAnswers(address, seconds)])
}

function refuseOthers(url: string, { flavour, name }: ServerIdentity): void {
  if (flavour === 'prometheus') return
  if (flavour === 'agent') {
    throw fault(
      url,
      'this is a Prometheus in agent mode, which stores nothing',
      'ask the server that it writes to',
    )
  }
  throw fault(
    url,
    `this is ${name}`,
    'optimize reads what only a Prometheus has; give one that scrapes the targets',
  )
}

/** Whether native histograms are taken. */
export function takesNative({ version }: ServerIdentity, flags: Readonly<Record<string, string>>): boolean {
  if (atLeast(version, 3, 8) === true) return true
  return atLeast(version, 2, 40) === true && /native-histograms/.test(flags['enable-feature'] ?? '')
}

function fault(url: string, got: string, remedy: string): CommandError {
  return new CommandError('TELLTALE_PROMETHEUS', `${url}: ${got}; ${remedy}`)
}
