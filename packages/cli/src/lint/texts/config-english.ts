import type { Catalogue } from '../../finding/index.js'

export const configEnglish = {
  'config/duplicate-job': { what: 'got a second job {job}', remedy: 'Give each job a name of its own.' },
  'config/timeout-above-interval': {
    what: 'scrape_timeout is {timeout}, longer than scrape_interval {interval}',
    remedy: 'Set scrape_timeout to {interval} or less.',
  },
  'config/interval-above-lookback': {
    what: 'scrape_interval is {interval}: Prometheus finds a sample for 5m, so series vanish between two scrapes',
    remedy: 'Set scrape_interval to 2m or less.',
  },
  'config/long-interval': {
    what: 'scrape_interval is {interval}: one scrape that fails is a gap in every graph',
    remedy: 'Set scrape_interval to 2m or less.',
  },
  'config/rule-file-missing': {
    what: 'the rule file {file} does not exist',
    remedy: 'Correct the path, which is relative to this file, or write the file.',
  },
  'config/file-missing': {
    what: '{field} names {file}, which does not exist',
    remedy: 'Correct the path, which is relative to this file, or write the file.',
  },
  'config/discovery-file-missing': {
    what: 'the file of targets {file} does not exist yet',
    remedy: 'Write it, or make sure that what writes it runs.',
  },
  'config/tls-pair': {
    what: 'got {got} without {expected}',
    remedy: 'Give both: a certificate is of no use without its key.',
  },
  'config/two-authentications': { what: 'got {fields} at once', remedy: 'Keep one way to authenticate.' },
  'config/inline-secret': {
    what: 'got a secret as plain text in {field}',
    remedy: 'Put it into a file that only the server can read, and name the file as {suggestion}.',
  },
  'config/reserved-header': {
    what: 'got the header {header}, which Prometheus sets itself',
    remedy: 'Remove it.',
  },
  'config/no-external-labels': {
    what: 'remote_write is used without external_labels: the receiver cannot tell two servers from each other',
    remedy: 'Add external_labels under global, such as cluster and replica.',
  },
  'config/no-limits': {
    what: 'the job {job} has no sample_limit: one bad label can fill the memory of the server',
    remedy: 'Add sample_limit: 10000 to the job, or another number some times above what a target exposes.',
  },
  'config/target': { what: 'got the target {target}, expected host:port', remedy: '{remedy}' },
  'config/relabel': { what: 'the action {action} needs {field}', remedy: 'Add {field}.' },
  'config/relabel-unused': { what: 'the action {action} allows no {field}', remedy: 'Remove {field}.' },
  'config/relabel-drops-all': {
    what: 'the rule drops everything: {why}',
    remedy: 'Name source_labels, and a regex that fits only what is to be dropped.',
  },
  'config/no-targets': {
    what: 'the job {job} has no targets',
    remedy: 'Add static_configs, or a service discovery.',
  },
  'config/nothing-scraped': { what: 'nothing is scraped', remedy: 'Add scrape_configs with a job.' },
  'config/no-alertmanager': {
    what: 'rule_files are loaded and no Alertmanager is named: alerts fire and nobody hears of it',
    remedy: 'Name one under alerting.alertmanagers.',
  },
  'config/no-rules': {
    what: 'no rule_files: nothing can alert',
    remedy: 'Add rule_files with the alerts of the application.',
  },
  'config/honor-labels': {
    what: 'the job {job} scrapes a Pushgateway without honor_labels',
    remedy: 'Set honor_labels: true, so that the job and instance that were pushed stay.',
  },
  'config/metrics-path': {
    what: 'metrics_path is {path}, expected a path from /',
    remedy: 'Write it as /{path}; parameters go under params.',
  },
} as const satisfies Catalogue
