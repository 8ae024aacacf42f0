export { CommandError, type CommandErrorCode, commandErrorCodes } from './command-error.js'
export { runCommandLine } from './command-line.js'
export type { EndingSignal } from './exit-code.js'
export { type AlertmanagerServerOptions, startAlertmanagerServer } from './stack/alertmanager-server.js'
export { ChildGroup } from './stack/child-group.js'
export { type ChildEnd, type ChildOptions, ChildServer } from './stack/child-server.js'
export { answers, statusOf } from './stack/http-probe.js'
export { findInstallation, findUnpacked, Installation, type SearchOptions } from './stack/installation.js'
export { type NodeExporterServerOptions, startNodeExporterServer } from './stack/node-exporter-server.js'
export { isPortFree, nextFreePort } from './stack/ports.js'
export type { QuerySample } from './stack/prometheus-answer.js'
export {
  type ActiveAlert,
  type ActiveTarget,
  type AlertRuleState,
  PrometheusApi,
} from './stack/prometheus-api.js'
export {
  type PrometheusServerOptions,
  type RunningServer,
  startPrometheusServer,
} from './stack/prometheus-server.js'
export { type Provision, type ProvisionOptions, provision } from './stack/provision.js'
export { type RealAddresses, renderAlertmanager, renderPrometheus } from './stack/rendered-configuration.js'
export { type CommandOptions, type CommandResult, runCommand } from './stack/run-command.js'
export {
  alertmanagerServer,
  databaseServers,
  monitoringServers,
  nodeExporterServer,
  postgresqlServer,
  prometheusServer,
  pushgatewayServer,
  redisServer,
  type ServerKind,
  victoriaMetricsServer,
} from './stack/server-kind.js'
export { type UntilOptions, until } from './stack/until.js'
export { type Notification, type NotifiedAlert, WebhookReceiver } from './stack/webhook-receiver.js'
