import type { Credentials } from './probe/credentials.js'
import { Once } from './probe/once.js'
import type { Setup } from './setup.js'
import { AlertmanagerSource } from './source/alertmanager-source.js'
import { GrafanaSource } from './source/grafana-source.js'
import { MetricsEndpoint } from './source/metrics-endpoint.js'
import { PrometheusSource } from './source/prometheus-source.js'
import { SetupFiles } from './source/setup-files.js'
import { Unavailable } from './unavailable.js'

/** Where the parts of a setup are. A part without an address is left out, and said to be. */
export interface SetupAddresses {
  readonly prometheus?: string | undefined
  readonly alertmanager?: string | undefined
  readonly grafana?: string | undefined
  readonly metrics?: string | undefined
  /** prometheus.yml; found by itself when left out. */
  readonly config?: string | undefined
  readonly alertmanagerConfig?: string | undefined
  /** Folders or files. */
  readonly dashboards?: readonly string[] | undefined
  /** The working directory. */
  readonly directory: string
  /** How long one request may take. */
  readonly seconds: number
  readonly credentials: Credentials
}

const notAsked = {
  prometheus: { en: 'left out by --offline', ko: '--offline으로 제외했습니다' },
  alertmanager: { en: 'left out by --offline', ko: '--offline으로 제외했습니다' },
  metrics: {
    en: 'left out by --offline; --metrics URL brings it back',
    ko: '--offline으로 제외했습니다. --metrics URL을 주면 살펴봅니다',
  },
  grafana: { en: 'give its address with --grafana URL', ko: '--grafana URL로 주소를 지정하세요' },
} as const

/** Where prometheus.yml lies in most projects. */
const usualPlaces = [
  'deploy/prometheus.yml',
  'prometheus.yml',
  'prometheus/prometheus.yml',
  'monitoring/prometheus.yml',
]
const usualDashboards = ['deploy/grafana', 'grafana', 'dashboards', 'monitoring/grafana']

/** The parts at these addresses. Asks nothing so far. */
export function openSetup(addresses: SetupAddresses): Setup {
  const { seconds, credentials, directory } = addresses
  const source = (authorization: string | undefined) => ({ seconds, authorization, directory })
  const prometheus =
    addresses.prometheus && new PrometheusSource(addresses.prometheus, source(credentials.prometheus))
  const endpoint = addresses.metrics && new MetricsEndpoint(addresses.metrics, source(credentials.metrics))
  const grafana = addresses.grafana && new GrafanaSource(addresses.grafana, source(credentials.grafana))
  const files = new SetupFiles({
    config: addresses.config,
    candidates: async () => [...(prometheus ? await filesOf(prometheus) : []), ...usualPlaces],
    alertmanager: addresses.alertmanagerConfig,
    dashboards: addresses.dashboards ?? usualDashboards,
    directory,
  })
  let alertmanager: Promise<AlertmanagerSource> | undefined
  return {
    seconds,
    once: new Once(),
    now: Date.now(),
    files,
    get prometheus() {
      return prometheus || missing('Prometheus', notAsked.prometheus)
    },
    get endpoint() {
      return endpoint || missing('metrics', notAsked.metrics)
    },
    get grafana() {
      return grafana || missing('Grafana', notAsked.grafana)
    },
    alertmanager() {
      alertmanager ??= findAlertmanager(addresses, prometheus || undefined)
      return alertmanager
    },
  }
}

function missing(subject: string, why: { readonly en: string; readonly ko: string }): never {
  throw new Unavailable(subject, why)
}

/** The file that a Prometheus on this machine says it runs. */
async function filesOf(prometheus: PrometheusSource): Promise<readonly string[]> {
  if (!/^(?:localhost|127\.|\[::1\])/.test(new URL(prometheus.url).hostname)) return []
  const flags = await prometheus.flags().catch(() => undefined)
  const file = flags?.['config.file']
  return file === undefined ? [] : [file]
}

async function findAlertmanager(
  { alertmanager, seconds, credentials }: SetupAddresses,
  prometheus: PrometheusSource | undefined,
): Promise<AlertmanagerSource> {
  const options = { seconds, authorization: credentials.alertmanager }
  if (alertmanager) return new AlertmanagerSource(alertmanager, { ...options, isNamed: true })
  if (prometheus === undefined) return missing('Alertmanager', notAsked.alertmanager)
  const [known] = (await prometheus.alertmanagers()).activeAlertmanagers
  if (known !== undefined)
    return new AlertmanagerSource(known.url.replace(/\/api\/v\d\/alerts$/, ''), {
      ...options,
      isNamed: false,
    })
  return missing('Alertmanager', {
    en: 'Prometheus knows none; give its address with --alertmanager URL',
    ko: 'Prometheus가 아는 것이 없습니다. --alertmanager URL로 주소를 지정하세요',
  })
}
