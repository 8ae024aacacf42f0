import { helpText } from '../command-help.js'
import { reportUsage } from '../finding/index.js'

/** The help of `telltale doctor`. */
export const doctorUsage = helpText({
  usage: 'doctor [options]',
  about: `Checks the whole setup around an application against the guide's sixteen items, and says what is wrong and what to do.`,
  details: `It looks at what the application exposes, what Prometheus makes of it, which alerts there are and whether they arrive,
the dashboards, and the files of all that. It only reads. What it cannot reach it leaves out, and says so at the end.`,
  options: ` What to look at:
  --prometheus URL           default PROMETHEUS_URL, or http://localhost:9091
  --metrics URL              the application's metrics (default METRICS_URL, or http://localhost:9090/metrics)
  --alertmanager URL         default ALERTMANAGER_URL, or the one that Prometheus sends to
  --grafana URL              default GRAFANA_URL; without it Grafana is not asked
  --config FILE              prometheus.yml (default: the one that a Prometheus on this machine runs, or
                             deploy/prometheus.yml, prometheus.yml); the rule files are those that it names
  --alertmanager-config FILE default: alertmanager.yml beside it
  --dashboards DIR           folder or file with dashboards as JSON; again for more (default deploy/grafana, grafana)
  --offline                  ask no server: files only, and the metrics when --metrics is given
  --timeout SECONDS          how long one request may take (default 5)
  --credentials FILE         logins (YAML), see below

 What to show:
  --no-coverage              leave out the table of signals: exposed, recorded, alerted, on a dashboard
${reportUsage}
  -h, --help                 this text`,
  notes: `Logins are NAME_TOKEN, or NAME_USERNAME and NAME_PASSWORD in the environment, where NAME is PROMETHEUS, ALERTMANAGER,
GRAFANA or METRICS; or a file such as
  prometheus: { username: me, password_file: secret.txt }
  grafana: { token_file: token.txt }

Areas for --only and --skip:
  installation   server, exposure, reach, defaults
  configuration  prometheus-yml, scraping, alert-rules, labels
  monitoring     key-metrics, alerting, dashboards, queries
  maintenance    review, thresholds, speed, storage`,
  examples: `  telltale doctor                                      the stack of telltale start, while it runs
  telltale doctor --offline --format github            in CI: the files of this repository
  telltale doctor --prometheus https://prom.example.com --metrics https://app.example.com/metrics
  telltale doctor --only alerting,alert-rules          do alerts arrive?
  telltale doctor --baseline doctor.json --update-baseline   accept what there is, and hear of what is new`,
  exitCode: '0 nothing as bad as --fail-on, 1 something is, 2 wrong arguments, or nothing could be looked at',
})
