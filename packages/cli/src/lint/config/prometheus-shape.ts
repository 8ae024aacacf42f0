import {
  all,
  any,
  dictionary,
  type Fields,
  field,
  fields,
  flag,
  list,
  type Shape,
  text,
} from '../schema/shape.js'
import {
  duration,
  labelName,
  oneOf,
  positiveDuration,
  size,
  webAddress,
  wholeNumber,
} from '../schema/text-shapes.js'
import { discovery, httpClient, queue, relabelings, tls } from './http-client-shape.js'

const protocols = list(
  oneOf(
    'PrometheusProto',
    'OpenMetricsText0.0.1',
    'OpenMetricsText1.0.0',
    'PrometheusText0.0.4',
    'PrometheusText1.0.0',
  ),
)

const limits: Fields = {
  body_size_limit: field(size, { since: '2.45' }),
  ...Object.fromEntries(
    'sample_limit target_limit label_limit label_name_length_limit label_value_length_limit'
      .split(' ')
      .map((name) => [name, field(wholeNumber, { since: '2.45' })]),
  ),
  keep_dropped_targets: field(wholeNumber, { since: '2.47' }),
}

/** What a job and the global part have in common in newer versions. */
const newerScraping: Fields = {
  metric_name_validation_scheme: field(oneOf('legacy', 'utf8'), { since: '3.0' }),
  metric_name_escaping_scheme: field(oneOf('allow-utf-8', 'underscores', 'dots', 'values'), { since: '3.4' }),
  convert_classic_histograms_to_nhcb: field(flag, { since: '3.4' }),
  scrape_native_histograms: field(flag, { since: '3.8' }),
  extra_scrape_metrics: field(flag, { since: '3.10' }),
  scrape_protocols: field(protocols, { since: '2.49' }),
  scrape_failure_log_file: field(text, { since: '2.55' }),
}

const global: Fields = {
  scrape_interval: field(positiveDuration),
  scrape_timeout: field(positiveDuration),
  evaluation_interval: field(positiveDuration),
  rule_query_offset: field(duration, { since: '2.53' }),
  query_log_file: field(text),
  external_labels: field(dictionary(text, labelName)),
  ...limits,
  ...newerScraping,
  always_scrape_classic_histograms: field(flag, { since: '3.5' }),
}

const job: Fields = {
  job_name: field(text, { required: true }),
  scrape_interval: field(positiveDuration),
  scrape_timeout: field(positiveDuration),
  metrics_path: field(text),
  scheme: field(oneOf('http', 'https', 'HTTP', 'HTTPS')),
  params: field(dictionary(list(text))),
  ...all('honor_labels honor_timestamps', flag),
  track_timestamps_staleness: field(flag, { since: '2.48' }),
  ...all(
    'sample_limit target_limit label_limit label_name_length_limit label_value_length_limit',
    wholeNumber,
  ),
  body_size_limit: field(size),
  keep_dropped_targets: field(wholeNumber, { since: '2.47' }),
  ...newerScraping,
  convert_classic_histograms_to_nhcb: field(flag, { since: '3.0' }),
  fallback_scrape_protocol: field(text, { since: '3.0' }),
  scrape_classic_histograms: field(flag, { since: '2.45', until: '3.0' }),
  always_scrape_classic_histograms: field(flag, { since: '3.0' }),
  native_histogram_bucket_limit: field(wholeNumber, { since: '2.45' }),
  native_histogram_min_bucket_factor: field(text, { since: '2.50' }),
  enable_compression: field(flag, { since: '2.49' }),
  relabel_configs: field(relabelings),
  metric_relabel_configs: field(relabelings),
  ...httpClient,
  ...discovery,
}

const signed: Fields = {
  sigv4: field(any, { since: '2.26' }),
  azuread: field(any, { since: '2.45' }),
  google_iam: field(any, { since: '2.54' }),
}

const alertmanager: Fields = {
  ...httpClient,
  ...discovery,
  sigv4: field(any, { since: '2.48' }),
  ...all('path_prefix', text),
  scheme: field(oneOf('http', 'https')),
  timeout: field(duration),
  api_version: field(oneOf('v1', 'v2')),
  relabel_configs: field(relabelings),
  alert_relabel_configs: field(relabelings, { since: '2.51' }),
}

const remoteWrite: Fields = {
  url: field(webAddress, { required: true }),
  remote_timeout: field(duration),
  headers: field(dictionary(text)),
  write_relabel_configs: field(relabelings),
  name: field(text),
  ...all('send_exemplars send_native_histograms', flag),
  protobuf_message: field(oneOf('prometheus.WriteRequest', 'io.prometheus.write.v2.Request'), {
    since: '2.54',
  }),
  round_robin_dns: field(flag, { since: '3.1' }),
  queue_config: field(queue),
  metadata_config: field(
    fields({ send: field(flag), send_interval: field(duration), max_samples_per_send: field(wholeNumber) }),
  ),
  ...signed,
  ...httpClient,
}

const remoteRead: Fields = {
  url: field(webAddress, { required: true }),
  remote_timeout: field(duration),
  chunked_read_limit: field(wholeNumber, { since: '2.55' }),
  headers: field(dictionary(text)),
  read_recent: field(flag),
  name: field(text),
  required_matchers: field(dictionary(text)),
  filter_external_labels: field(flag),
  ...httpClient,
}

const otlp: Fields = {
  promote_resource_attributes: field(list(text)),
  promote_all_resource_attributes: field(flag, { since: '3.5' }),
  ignore_resource_attributes: field(list(text), { since: '3.5' }),
  translation_strategy: field(text, { since: '3.0' }),
  keep_identifying_resource_attributes: field(flag, { since: '3.1' }),
  convert_histograms_to_nhcb: field(flag, { since: '3.4' }),
  promote_scope_metadata: field(flag, { since: '3.6' }),
  label_name_underscore_sanitization: field(flag, { since: '3.8' }),
  label_name_preserve_multiple_underscores: field(flag, { since: '3.8' }),
}

const tsdb: Fields = {
  out_of_order_time_window: field(duration),
  retention: field(any, { since: '3.6' }),
  stale_series_compaction_threshold: field(any, { since: '3.10' }),
}

const tracing: Fields = {
  client_type: field(oneOf('http', 'grpc')),
  endpoint: field(text, { required: true }),
  sampling_fraction: field(text),
  insecure: field(flag),
  tls_config: field(tls),
  headers: field(dictionary(text)),
  compression: field(oneOf('gzip')),
  timeout: field(duration),
}

/** prometheus.yml. */
export const prometheusShape: Shape = fields({
  global: field(fields(global)),
  runtime: field(fields({ gogc: field(wholeNumber) }), { since: '2.53' }),
  alerting: field(
    fields({ alert_relabel_configs: field(relabelings), alertmanagers: field(list(fields(alertmanager))) }),
  ),
  rule_files: field(list(text)),
  scrape_config_files: field(list(text), { since: '2.43' }),
  scrape_configs: field(list(fields(job))),
  remote_write: field(list(fields(remoteWrite))),
  remote_read: field(list(fields(remoteRead))),
  storage: field(
    fields({ tsdb: field(fields(tsdb)), exemplars: field(fields({ max_exemplars: field(wholeNumber) })) }),
  ),
  tracing: field(fields(tracing)),
  otlp: field(fields(otlp), { since: '2.55' }),
})
