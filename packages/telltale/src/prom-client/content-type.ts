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

/** The content type of Prometheus' text format, the one that a registry writes. */
export const prometheusContentType: PrometheusContentType = TEXT_CONTENT_TYPE

/** The content type of OpenMetrics. No registry of this package writes it: `setContentType` refuses it. */
export const openMetricsContentType: OpenMetricsContentType =
  'application/openmetrics-text; version=1.0.0; charset=utf-8'
