import type { Case } from './case.js'

const job = (more: string) => `rule_files: []
scrape_configs:
  - job_name: shop
    sample_limit: 1000
    static_configs: [{ targets: ["localhost:9090"] }]
${more}`

const whole = (more: string) => `${job('')}${more}`
const ok = (what: string, text: string, ...finds: readonly string[]): Case => ({
  what,
  text,
  finds,
  refused: false,
})
const bad = (what: string, text: string, ...finds: readonly string[]): Case => ({
  what,
  text,
  finds,
  refused: true,
})

/** Every case has no rules: that is said of each. */
export const usualOfPrometheus = 'config/no-rules'

export const prometheusFiles: readonly Case[] = [
  ok('a job', job('')),
  ok(
    'global settings',
    whole(
      'global: { scrape_interval: 15s, scrape_timeout: 10s, evaluation_interval: 30s, external_labels: { a: b } }\n',
    ),
  ),
  ok(
    'settings of a job',
    job(
      '    scheme: https\n    metrics_path: /m\n    params: { a: [b] }\n    honor_labels: true\n    body_size_limit: 10MB\n    tls_config: { insecure_skip_verify: true }\n',
    ),
  ),
  ok(
    'relabelling',
    job(
      '    relabel_configs: [{ source_labels: [a], regex: "b.*", target_label: c }, { action: labeldrop, regex: x }, { action: KEEP, source_labels: [a], regex: b }]\n',
    ),
  ),
  ok(
    'service discovery',
    'scrape_configs: [{ job_name: a, sample_limit: 5, dns_sd_configs: [{ names: [a.b] }] }]\n',
  ),
  ok(
    'http_sd',
    'scrape_configs: [{ job_name: a, sample_limit: 5, http_sd_configs: [{ url: "http://a/b" }] }]\n',
  ),
  ok(
    'storage and tracing',
    whole(
      'storage: { tsdb: { out_of_order_time_window: 10m }, exemplars: { max_exemplars: 10 } }\ntracing: { endpoint: "localhost:4317", client_type: grpc }\n',
    ),
  ),
  ok(
    'an Alertmanager',
    whole(
      'alerting: { alertmanagers: [{ static_configs: [{ targets: ["localhost:9093"] }], api_version: v2, timeout: 5s }] }\n',
    ),
  ),
  ok(
    'remote write',
    whole(
      'global: { external_labels: { cluster: a } }\nremote_write: [{ url: "http://localhost/write", queue_config: { max_shards: 5 }, send_exemplars: true, headers: { a: b } }]\n',
    ).replace('rule_files: []\n', ''),
    '-config/no-rules',
  ),
  ok(
    'remote write without external labels',
    whole('remote_write: [{ url: "http://localhost/write" }]\n'),
    'config/no-external-labels',
    '-config/no-rules',
  ),
  ok('a password in the file', job('    basic_auth: { username: a, password: b }\n'), 'config/inline-secret'),
  ok(
    'a job without a limit',
    'scrape_configs: [{ job_name: a, static_configs: [{ targets: ["a:1"] }] }]\n',
    'config/no-limits',
  ),
  ok('a job without targets', 'scrape_configs: [{ job_name: a, sample_limit: 5 }]\n', 'config/no-targets'),
  ok('nothing scraped', 'global: { scrape_interval: 15s }\n', 'config/nothing-scraped'),
  ok('a long interval', job('    scrape_interval: 4m\n'), 'config/long-interval'),
  ok('an interval above the lookback', job('    scrape_interval: 10m\n'), 'config/interval-above-lookback'),
  ok('a Pushgateway', job('').replace('shop', 'pushgateway'), 'config/honor-labels'),
  ok(
    'a rule that drops everything',
    job('    relabel_configs: [{ action: drop }]\n'),
    'config/relabel-drops-all',
  ),
  ok('a path without a slash', job('    metrics_path: metrics\n'), 'config/metrics-path'),
  ok(
    'a discovery file that is not there yet',
    'scrape_configs: [{ job_name: a, sample_limit: 5, file_sd_configs: [{ files: [none.yml] }] }]\n',
    'config/discovery-file-missing',
  ),
  ok(
    'rules by a pattern that fits none',
    `${job('').replace('[]', '[none-*.yml]')}`,
    'config/rule-file-missing',
    'config/no-alertmanager',
    '-config/no-rules',
  ),
  bad(
    'a rule file that is missing',
    `${job('').replace('[]', '[none.yml]')}`,
    'config/rule-file-missing',
    'config/no-alertmanager',
    '-config/no-rules',
  ),
  bad('no YAML', 'global: {', 'yaml/syntax', '-config/no-rules'),
  bad('a key twice', `${job('')}rule_files: []\n`, 'yaml/duplicate-key'),
  bad('an unknown field', whole('globals: {}\n'), 'yaml/unknown-field'),
  bad('an unknown field of global', whole('global: { scrape_intervall: 15s }\n'), 'yaml/unknown-field'),
  bad('an unknown field of a job', job('    interval: 5s\n'), 'yaml/unknown-field'),
  bad('a bad duration', whole('global: { scrape_interval: 15 s }\n'), 'yaml/bad-value'),
  bad(
    'a bad regular expression',
    job('    relabel_configs: [{ source_labels: [a], regex: "(", target_label: c }]\n'),
    'yaml/bad-value',
  ),
  bad('a bad action', job('    relabel_configs: [{ action: remove }]\n'), 'yaml/bad-value'),
  bad(
    'a list that is none',
    'scrape_configs: { job_name: a }\n',
    'yaml/wrong-type',
    'config/nothing-scraped',
  ),
  bad('a truth value that is none', job('    honor_labels: maybe\n'), 'yaml/wrong-type'),
  bad('a number that is none', job('').replace('1000', 'many'), 'yaml/bad-value'),
  bad('a size that is none', job('    body_size_limit: 10 megabytes\n'), 'yaml/bad-value'),
  bad(
    'a job without a name',
    'scrape_configs: [{ sample_limit: 5, static_configs: [{ targets: ["a:1"] }] }]\n',
    'yaml/missing-field',
  ),
  bad(
    'a job with an empty name',
    'scrape_configs: [{ job_name: "", sample_limit: 5, static_configs: [{ targets: ["a:1"] }] }]\n',
    'yaml/missing-field',
  ),
  bad(
    'two jobs of one name',
    `${job('')}  - job_name: shop\n    sample_limit: 5\n    static_configs: [{ targets: ["a:1"] }]\n`,
    'config/duplicate-job',
  ),
  bad(
    'a timeout above the interval',
    job('    scrape_interval: 5s\n    scrape_timeout: 10s\n'),
    'config/timeout-above-interval',
  ),
  bad(
    'a global timeout above the interval',
    whole('global: { scrape_interval: 5s, scrape_timeout: 10s }\n'),
    'config/timeout-above-interval',
  ),
  bad(
    'a target with a scheme',
    job('').replace('"localhost:9090"', '"http://localhost:9090/metrics"'),
    'config/target',
  ),
  bad(
    'a target with a path',
    job('').replace('"localhost:9090"', '"localhost:9090/metrics"'),
    'config/target',
  ),
  bad(
    'two ways to authenticate',
    job('    basic_auth: { username: a, password_file: b }\n    bearer_token_file: c\n'),
    'config/two-authentications',
    'config/file-missing',
  ),
  bad(
    'a password twice',
    job('    basic_auth: { username: a, password: b, password_file: c }\n'),
    'config/two-authentications',
    'config/inline-secret',
    'config/file-missing',
  ),
  bad(
    'a credentials file that is missing',
    job('    authorization: { credentials_file: none }\n'),
    'config/file-missing',
  ),
  bad(
    'a certificate without its key',
    job('    tls_config: { cert_file: prometheus.yml }\n'),
    'config/tls-pair',
  ),
  bad(
    'a header that is reserved',
    whole(
      'remote_write: [{ url: "http://a/b", headers: { Content-Type: x } }]\nglobal: { external_labels: { a: b } }\n',
    ),
    'config/reserved-header',
    '-config/no-rules',
  ),
  bad(
    'an external label that is none',
    whole('global: { external_labels: { "a-b": c } }\n'),
    'yaml/bad-value',
  ),
  bad(
    'an action without its target label',
    job('    relabel_configs: [{ source_labels: [a], action: hashmod, modulus: 5 }]\n'),
    'config/relabel',
  ),
  bad(
    'labeldrop with a source',
    job('    relabel_configs: [{ source_labels: [a], regex: b, action: labeldrop }]\n'),
    'config/relabel-unused',
  ),
  bad('scrape_protocols, which is newer', job('    scrape_protocols: [PrometheusProto]\n'), 'yaml/too-new'),
  bad('keep_dropped_targets, which is newer', job('    keep_dropped_targets: 5\n'), 'yaml/too-new'),
  bad('scrape_config_files, which is newer', 'scrape_config_files: [a.yml]\n', 'yaml/too-new'),
  bad('otlp, which is newer', whole('otlp: { promote_resource_attributes: [a] }\n'), 'yaml/too-new'),
  bad(
    'fallback_scrape_protocol, which is newer',
    job('    fallback_scrape_protocol: PrometheusText0.0.4\n'),
    'yaml/too-new',
  ),
  bad(
    'retention in the file, which is newer',
    whole('storage: { tsdb: { retention: { time: 5d } } }\n'),
    'yaml/too-new',
  ),
  bad('enable_compression, which is newer', job('    enable_compression: false\n'), 'yaml/too-new'),
  bad(
    'native_histogram_bucket_limit, which is newer',
    job('    native_histogram_bucket_limit: 5\n'),
    'yaml/too-new',
  ),
  bad(
    'remote write without an address',
    whole('remote_write: [{ name: a }]\nglobal: { external_labels: { a: b } }\n'),
    'yaml/missing-field',
    '-config/no-rules',
  ),
  bad(
    'a discovery file with another ending',
    'scrape_configs: [{ job_name: a, sample_limit: 5, file_sd_configs: [{ files: [a.txt] }] }]\n',
    'yaml/bad-value',
  ),
]
