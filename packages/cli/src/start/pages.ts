import { answers } from '../stack/http-probe.js'

/** The pages of a Prometheus that are worth a look. */
export interface PrometheusPages {
  readonly targets: string
  readonly alerts: string
  readonly graph: string
}

const requestRates = 'rate(http_requests_total[1m])'

/** Finds out which pages this Prometheus has: Debian's builds have the classic ones, under another path. */
export async function prometheusPages(url: string): Promise<PrometheusPages> {
  const base = (await answers(`${url}/targets`)) ? url : `${url}/classic`
  if (base !== url && !(await answers(`${base}/targets`))) {
    const api = `${url}/api/v1`
    return { targets: `${api}/targets`, alerts: `${api}/alerts`, graph: `${api}/rules` }
  }
  const graph = `${base}/graph?g0.tab=0&g0.expr=${encodeURIComponent(requestRates)}`
  return { targets: `${base}/targets`, alerts: `${base}/alerts`, graph }
}

/** The page of an Alertmanager, or its API where the build has no pages. */
export async function alertmanagerPage(url: string): Promise<string> {
  return (await answers(`${url}/script.js`)) ? `${url}/#/alerts` : `${url}/api/v2/alerts`
}

/** The live page beside the metrics of an application, where it is on. */
export async function livePage(metricsUrl: string): Promise<string | undefined> {
  const address = metricsUrl.replace(/\/metrics$/, '/live')
  return address !== metricsUrl && (await answers(address)) ? address : undefined
}
