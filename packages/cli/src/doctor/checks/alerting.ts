import { parseExposition } from 'telltale/testing'
import type { Finding } from '../../finding/finding.js'
import { atUrl, inFile, type Place } from '../../finding/place.js'
import { evidenceOf } from '../../http/index.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { AlertRoutes } from '../source/alert-routes.js'
import { rulesIn } from '../source/rule-file.js'
import { alerting } from '../texts/alerting.js'
import { Unavailable } from '../unavailable.js'
import { runningAlertmanager } from './running-alertmanager.js'

/** Of what is sent: single failures happen when a server restarts. */
const mostFailedShare = 0.1
const mostFailed = 2

async function oneIsKnown({ prometheus }: Setup): Promise<readonly Finding[]> {
  const { activeAlertmanagers } = await prometheus.alertmanagers()
  return activeAlertmanagers.length > 0
    ? []
    : [alerting.finding('alerting/none-known', atUrl(prometheus.url), {})]
}

async function itAnswers(setup: Setup): Promise<readonly Finding[]> {
  const alertmanager = await setup.alertmanager()
  const contact = await alertmanager.contact()
  const place = atUrl(alertmanager.url)
  if ('error' in contact && contact.error.fault.kind === 'unknown-host' && !alertmanager.isNamed) {
    throw new Unavailable(alertmanager.url, {
      en: 'only Prometheus knows this host; give its address from here as --alertmanager',
      ko: 'Prometheus만 아는 호스트입니다. 여기서 닿는 주소를 --alertmanager로 주세요',
    })
  }
  if ('error' in contact)
    return [alerting.finding('alerting/unreachable', place, { detail: contact.error.fault.detail })]
  if ('status' in contact) return []
  const { status } = contact.answer
  if (status === 401 || status === 403) return [alerting.finding('alerting/login', place, { status })]
  return [alerting.finding('alerting/not-alertmanager', place, { evidence: evidenceOf(contact.answer) })]
}

async function alertsAreSent(setup: Setup): Promise<readonly Finding[]> {
  const { prometheus } = setup
  const own = await prometheus.ownMetrics()
  const of = (name: string) => own.get(`prometheus_notifications_${name}_total`) ?? 0
  const failed = of('errors') + of('dropped')
  const sent = Math.max(of('sent'), failed)
  if (failed <= mostFailed || failed / sent <= mostFailedShare || (await hasReceived(setup))) return []
  return [alerting.finding('alerting/not-sent', atUrl(prometheus.url), { failed, sent })]
}

/** Whether alerts do arrive: what failed was lost while the Alertmanager was away. */
async function hasReceived(setup: Setup): Promise<boolean> {
  try {
    const text = await (await setup.alertmanager()).metrics()
    return /^alertmanager_alerts_received_total\{[^}]*\} [1-9]/m.test(text)
  } catch (error) {
    if (error instanceof Unavailable) return false
    throw error
  }
}

async function notificationsArrive(setup: Setup): Promise<readonly Finding[]> {
  const alertmanager = await setup.alertmanager()
  const { families } = parseExposition(await alertmanager.metrics(), 'text/plain')
  const samples = (name: string) => families.find((family) => family.name === name)?.samples ?? []
  const place = atUrl(alertmanager.url)
  return samples('alertmanager_notifications_failed_total').flatMap(({ labels, value: failed }) => {
    const integration = labels.integration ?? '?'
    const total = samples('alertmanager_notifications_total').find(
      (sample) => sample.labels.integration === integration,
    )
    const all = Math.max(total?.value ?? 0, failed)
    if (failed === 0 || failed / all <= mostFailedShare) return []
    const values = { failed, total: all, integration }
    return [alerting.finding('alerting/not-delivered', place, values, { subject: integration })]
  })
}

/** The configuration that runs, or else the one in the file. */
async function routesOf(setup: Setup): Promise<{ readonly routes: AlertRoutes; readonly place: Place }> {
  const running = await runningAlertmanager(setup)
  const { text, place } =
    running === undefined
      ? await configurationFile(setup)
      : { text: running.text, place: running.subject.at() }
  const routes = AlertRoutes.read(text)
  if (routes !== undefined) return { routes, place }
  throw new Unavailable(place.name, { en: 'its routes cannot be read', ko: '경로를 읽을 수 없습니다' })
}

async function configurationFile({ files }: Setup) {
  const { path, text } = await files.alertmanager()
  return { text, place: inFile(path) }
}

async function receiversTell(setup: Setup): Promise<readonly Finding[]> {
  const { routes, place } = await routesOf(setup)
  // Where the first route tells nobody, that is what has to be said.
  if (!routes.tells(routes.root)) return []
  return (await severitiesOf(setup)).flatMap((severity) => {
    const reached = routes.receiversOf({ alertname: 'DoctorCheck', severity })
    if (reached.some((receiver) => routes.tells(receiver))) return []
    const values = { labels: `severity="${severity}"`, receiver: reached[0] ?? '?' }
    return [alerting.finding('alerting/silent-severity', place, values, { subject: severity })]
  })
}

/** The severities that alerts have; `none` and `info` may go nowhere. */
async function severitiesOf(setup: Setup): Promise<readonly string[]> {
  const labelled = await rulesWithLabels(setup)
  const severities = new Set(
    labelled.flatMap(({ severity }) => (typeof severity === 'string' ? [severity] : [])),
  )
  return [...severities].filter((severity) => severity !== 'none' && severity !== 'info')
}

async function rulesWithLabels({ prometheus, files }: Setup) {
  try {
    const groups = await prometheus.groups()
    return groups
      .flatMap(({ rules }) => rules)
      .map(({ labels }): Readonly<Record<string, unknown>> => labels ?? {})
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    return (await files.rules()).flatMap(({ text }) => rulesIn(text)).map(({ labels }) => labels)
  }
}

async function silencesAreNarrow(setup: Setup): Promise<readonly Finding[]> {
  const alertmanager = await setup.alertmanager()
  return (await alertmanager.silences())
    .filter(({ status, matchers }) => status.state === 'active' && matchers.every(takesAll))
    .map(({ id, createdBy: author, endsAt: until, comment }) =>
      alerting.finding('alerting/all-silenced', atUrl(alertmanager.url), { id, author, until, comment }),
    )
}

function takesAll({
  value,
  isRegex,
  isEqual = true,
}: {
  value: string
  isRegex: boolean
  isEqual?: boolean
}): boolean {
  return isEqual && isRegex && /^(?:\.\*|\.\+)$/.test(value)
}

export const alertingChecks = checksOf('alerting', [
  oneIsKnown,
  itAnswers,
  alertsAreSent,
  notificationsArrive,
  receiversTell,
  silencesAreNarrow,
])
