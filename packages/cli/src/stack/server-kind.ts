/** A server that the stack can run: how its commands are called, and which packages bring it. */
export interface ServerKind {
  readonly name: string
  /** For each command the names it has, the project's own first, Debian's after it. The first command is the server. */
  readonly commands: Readonly<Record<string, readonly string[]>>
  /** Folders besides the PATH where a distribution puts these commands; `*` stands for one folder. */
  readonly folders?: readonly string[]
  /** Debian's packages: the first one that this release has is taken. */
  readonly packages: readonly string[]
  /** Dependencies that it runs without, because nothing in our use loads them. */
  readonly without?: RegExp
  /** Absolute folders compiled into its commands. */
  readonly compiledIn?: readonly string[]
}

export const prometheusServer: ServerKind = {
  name: 'prometheus',
  commands: { prometheus: ['prometheus'], promtool: ['promtool'] },
  packages: ['prometheus'],
}

export const alertmanagerServer: ServerKind = {
  name: 'alertmanager',
  commands: { alertmanager: ['alertmanager', 'prometheus-alertmanager'], amtool: ['amtool'] },
  packages: ['prometheus-alertmanager'],
  compiledIn: ['/usr/share/prometheus/alertmanager'],
}

export const nodeExporterServer: ServerKind = {
  name: 'node_exporter',
  commands: { node_exporter: ['node_exporter', 'prometheus-node-exporter'] },
  packages: ['prometheus-node-exporter'],
}

export const postgresqlServer: ServerKind = {
  name: 'postgresql',
  commands: { postgres: ['postgres'], initdb: ['initdb'] },
  folders: ['/usr/lib/postgresql/*/bin'],
  packages: ['postgresql-15', 'postgresql-16', 'postgresql-17', 'postgresql-18', 'postgresql-14'],
  without: /^(libllvm|libz3-|perl|lib.*-perl$|libperl|locales|ssl-cert|.*-common$|adduser|ucf)/,
}

export const redisServer: ServerKind = {
  name: 'redis',
  commands: { 'redis-server': ['redis-server'] },
  packages: ['redis-server'],
}

export const pushgatewayServer: ServerKind = {
  name: 'pushgateway',
  commands: { pushgateway: ['pushgateway', 'prometheus-pushgateway'] },
  packages: ['prometheus-pushgateway'],
}

export const victoriaMetricsServer: ServerKind = {
  name: 'victoria-metrics',
  commands: { 'victoria-metrics': ['victoria-metrics', 'victoria-metrics-prod'] },
  packages: ['victoria-metrics'],
}

/** What `telltale start` runs around an application. */
export const monitoringServers = [prometheusServer, alertmanagerServer, nodeExporterServer] as const

/** What the tests of this repository run besides. */
export const databaseServers = [postgresqlServer, redisServer] as const
