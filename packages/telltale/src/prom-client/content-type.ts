import { OPENMETRICS_CONTENT_TYPE } from '../exposition/open-metrics-encoder.js'
import { TEXT_CONTENT_TYPE } from '../exposition/text-encoder.js'

export type Charset = 'utf-8'
export type PrometheusMIME = 'text/plain'
export type PrometheusMetricsVersion = '0.0.4'
export type OpenMetricsMIME = 'application/openmetrics-text'
export type OpenMetricsVersion = '1.0.0'

export type PrometheusContentType =
  `${PrometheusMIME}; version=${PrometheusMetricsVersion}; charset=${Charset}`
export type OpenMetricsContentType = `${OpenMetricsMIME}; version=${OpenMetricsVersion}; charset=${Charset}`
export type RegistryContentType = PrometheusContentType | OpenMetricsContentType

/** The content type of Prometheus' text format, which a registry writes when nothing else is set. */
export const prometheusContentType: PrometheusContentType = TEXT_CONTENT_TYPE

/** The content type of OpenMetrics, for a registry that writes it: `new Registry(openMetricsContentType)`. */
export const openMetricsContentType: OpenMetricsContentType = OPENMETRICS_CONTENT_TYPE

/** Whether a registry can write this. */
export function isWritten(contentType: unknown): contentType is RegistryContentType {
  return contentType === prometheusContentType || contentType === openMetricsContentType
}
