import { TelltaleError } from '../model/error.js'
import { Access, type AccessSettings } from './access/access.js'
import { AllowedHosts } from './allowed-hosts.js'
import type { EndpointMetrics } from './endpoint-metrics.js'
import { checkLimits, type EndpointLimits } from './endpoint-settings.js'
import type { Exchange } from './exchange.js'
import { type EndpointSource, MetricPages } from './metric-pages.js'
import { busy, type Rejection, sendRejection } from './rejection.js'
import { checkQuery } from './request-form.js'
import { ScrapePlaces } from './scrape-places.js'

/** The limits that pages keep in a server of the application; the others are that server's. */
export type MountedLimits = Pick<
  EndpointLimits,
  'scrapes' | 'queryLength' | 'answerSeconds' | 'stalledSeconds' | 'bytesPerSecond'
>

/** Whom mounted pages answer, and how much at a time. */
export interface MountedSettings extends AccessSettings {
  readonly allowedHosts?: readonly string[] | undefined
  readonly limits?: MountedLimits | undefined
}

/** The pages of a source of metrics in a server of the application, whatever kind of server that is. */
export class MountedPages {
  readonly #pages: MetricPages
  readonly #hosts: AllowedHosts
  readonly #limits: Required<EndpointLimits>
  readonly #places: ScrapePlaces
  /** `undefined` where everybody may read; resolves to `undefined` where its files cannot be used, and nobody may. */
  readonly #access: Promise<Access | undefined> | undefined
  readonly #metrics: EndpointMetrics

  /** Throws `TELLTALE_OPTION` for limits that are none. `metrics` hear of what is asked and refused. */
  constructor(
    source: EndpointSource,
    mayReset: () => boolean,
    settings: MountedSettings,
    metrics: EndpointMetrics,
  ) {
    this.#metrics = metrics
    this.#pages = new MetricPages(source, mayReset)
    // Where the application listens is not known here, so only a list closes any name out.
    this.#hosts = new AllowedHosts('0.0.0.0', settings.allowedHosts)
    this.#limits = checkLimits(settings.limits)
    this.#places = new ScrapePlaces(this.#limits, () => metrics.rejected('slow_reader'))
    this.#access = openAccess(settings, metrics)
  }

  /** Whether there is a page for the method of a request at `path`, what follows `/metrics`. */
  takes(path: string, method: string | undefined): boolean {
    return this.#pages.takes(path, method)
  }

  /** Answers a request that it {@link takes}. Never rejects. */
  async answer(path: string, exchange: Exchange): Promise<void> {
    if (path === '') this.#metrics.watch(exchange)
    try {
      const refusal = await this.#refusal(exchange)
      if (refusal !== undefined) this.#refuse(exchange, refusal)
      else if (!this.#places.take(exchange)) this.#refuse(exchange, busy)
      else {
        this.#places.limitTime(exchange)
        await this.#pages.answer(path, exchange)
      }
    } catch (error) {
      if (exchange.isGone) return
      process.emitWarning(`a metrics route failed: ${String(error)}`, { type: 'TelltaleWarning' })
      if (exchange.isAnswered) exchange.cut()
      else sendRejection(exchange, failed)
    }
  }

  #refuse(exchange: Exchange, rejection: Rejection): void {
    this.#metrics.rejected(rejection.reason)
    sendRejection(exchange, rejection)
  }

  async #refusal(exchange: Exchange): Promise<Rejection | undefined> {
    const misfit =
      this.#hosts.check(exchange.header('host')) ?? checkQuery(exchange, this.#limits.queryLength)
    if (misfit !== undefined || this.#access === undefined) return misfit
    const access = await this.#access
    if (access === undefined) return failed
    access.refresh()
    for (const [name, value] of access.headers ?? []) exchange.setHeader(name, value)
    return access.check(exchange)
  }
}

const failed: Rejection = {
  reason: 'request',
  status: 500,
  error: 'The request could not be answered; the log has the reason.',
}

/** Reads the files at once, so that a fault shows at the start, once, and not with each scrape. */
function openAccess(
  settings: MountedSettings,
  metrics: EndpointMetrics,
): Promise<Access | undefined> | undefined {
  const { bearerToken, bearerTokenFile, webConfigFile } = settings
  if ((bearerToken ?? bearerTokenFile ?? webConfigFile) === undefined) return undefined
  const hasFiles = (bearerTokenFile ?? webConfigFile) !== undefined
  const reloaded = hasFiles ? metrics.watchReloads() : () => {}
  const opened = Access.open(settings, { warn, reloaded }).then(withoutTls(webConfigFile))
  return opened.catch((error: unknown) => {
    reloaded('failure')
    warn(error instanceof Error ? error.message : String(error))
    return undefined
  })
}

/** What decides about a connection is the application's: a demand for certificates that nobody checks is refused. */
function withoutTls(file: string | undefined): (access: Access) => Access {
  return (access) => {
    if (access.tls === undefined) return access
    throw new TelltaleError(
      'TELLTALE_WEB_CONFIG',
      `${file}: got tls_server_config for routes that are mounted in a server of the application, expected none. ` +
        'Give that server its certificates, or use MetricsServer',
    )
  }
}

function warn(message: string): void {
  process.emitWarning(message, { type: 'TelltaleWarning', code: 'TELLTALE_WEB_CONFIG' })
}
