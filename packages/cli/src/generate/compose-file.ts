import { comment, madeBy, type Said, yamlText } from './commented-yaml.js'
import type { MonitoringPlan } from './monitoring-plan.js'
import { secretFile } from './remote-write.js'
import { agentFlag, featureFlags } from './target-version.js'

const images = {
  pod: 'busybox:1.37.0',
  node: 'node:22.19.0-bookworm-slim',
  alertmanager: 'prom/alertmanager:v0.28.1',
  nodeExporter: 'prom/node-exporter:v1.9.1',
  grafana: 'grafana/grafana:12.1.1',
}

/** Those of the application, its metrics, Prometheus, Grafana, Alertmanager and node_exporter. */
const ports = [3000, 9090, 9091, 3001, 9093, 9100]

const about: Said = {
  en: [
    'docker compose -f monitoring/docker-compose.yml up',
    '',
    'All share the network of `pod`, as if they ran on one machine, so prometheus.yml and alertmanager.yml hold as',
    'they are. Ports are published on this machine only: application 3000, metrics 9090, Prometheus 9091,',
    'Grafana 3001, Alertmanager 9093, node_exporter 9100.',
  ].join('\n'),
  ko: [
    'docker compose -f monitoring/docker-compose.yml up',
    '',
    '모두 `pod`의 네트워크를 함께 쓰므로 prometheus.yml과 alertmanager.yml이 그대로 맞습니다.',
    '포트는 이 머신에만 엽니다: 애플리케이션 3000, 메트릭 9090, Prometheus 9091, Grafana 3001,',
    'Alertmanager 9093, node_exporter 9100.',
  ].join('\n'),
}

/** The text of docker-compose.yml: the application, with everything that watches it. */
export function composeFile(plan: MonitoringPlan): string {
  const volumes = ['prometheus', 'alertmanager', 'grafana', ...(plan.agent ? ['agent'] : [])]
  const data = {
    name: plan.name,
    services: {
      pod: {
        image: images.pod,
        command: 'sleep infinity',
        init: true,
        extra_hosts: ['alertmanager:127.0.0.1'],
        ports: ports.map((port) => `127.0.0.1:${port}:${port}`),
      },
      application: application(plan),
      prometheus: prometheus(plan),
      ...(plan.agent && { agent: agent(plan) }),
      alertmanager,
      webhook,
      node_exporter: nodeExporter,
      grafana,
    },
    volumes: Object.fromEntries(volumes.map((name) => [name, {}])),
  }
  const top = comment({ en: `${madeBy.en}\n${about.en}`, ko: `${madeBy.ko}\n${about.ko}` }, plan.language)
  return `${top}\n${yamlText(data)}`
}

const shared = { network_mode: 'service:pod', depends_on: ['pod'], restart: 'unless-stopped' }

function application({ dockerfile, start, environment }: MonitoringPlan) {
  return {
    ...(dockerfile
      ? { build: { context: '..' } }
      : {
          image: images.node,
          working_dir: '/app',
          volumes: ['..:/app'],
          command: ['sh', '-c', start.replaceAll('$', '$$$$')],
        }),
    ...shared,
    init: true,
    environment: {
      PORT: '3000',
      METRICS_PORT: '9090',
      METRICS_HOST: '0.0.0.0',
      ...(environment !== undefined && { NODE_ENV: environment }),
    },
  }
}

function prometheus({ target, remoteWrite, agent }: MonitoringPlan) {
  const secret = remoteWrite === undefined || agent ? undefined : secretFile(remoteWrite)
  return {
    image: target.image,
    ...shared,
    command: [
      '--config.file=/etc/prometheus/prometheus.yml',
      '--storage.tsdb.path=/prometheus',
      // Rules compare with the same hour of up to four weeks before.
      '--storage.tsdb.retention.time=30d',
      '--web.listen-address=:9091',
      '--web.external-url=http://localhost:9091/',
      ...featureFlags(target),
    ],
    volumes: [
      ...['prometheus.yml', 'alert_rules.yml', 'rules.yml'].map(mounted),
      ...secretMount(secret),
      'prometheus:/prometheus',
    ],
  }
}

function agent({ target, remoteWrite }: MonitoringPlan) {
  return {
    image: target.image,
    ...shared,
    command: [
      '--config.file=/etc/prometheus/prometheus-agent.yml',
      agentFlag(target),
      '--storage.agent.path=/agent',
      '--web.listen-address=127.0.0.1:9095',
      ...featureFlags(target),
    ],
    volumes: [
      mounted('prometheus-agent.yml'),
      ...secretMount(remoteWrite === undefined ? undefined : secretFile(remoteWrite)),
      'agent:/agent',
    ],
  }
}

const mounted = (file: string) => `./${file}:/etc/prometheus/${file}:ro`

const secretMount = (file: string | undefined) =>
  file === undefined ? [] : ['./secrets:/etc/prometheus/secrets:ro']

const alertmanager = {
  image: images.alertmanager,
  ...shared,
  command: [
    '--config.file=/etc/alertmanager/alertmanager.yml',
    '--storage.path=/alertmanager',
    '--web.listen-address=:9093',
    '--web.external-url=http://localhost:9093/',
    '--cluster.listen-address=',
  ],
  volumes: [
    './alertmanager.yml:/etc/alertmanager/alertmanager.yml:ro',
    './secrets:/etc/alertmanager/secrets:ro',
    'alertmanager:/alertmanager',
  ],
}

/** Prints what Alertmanager sends, until it is sent to a team. */
const webhook = {
  image: images.node,
  ...shared,
  init: true,
  command: [
    'node',
    '-e',
    "require('http').createServer((q, s) => { q.pipe(process.stdout); q.on('end', () => s.end()) }).listen(5001, '127.0.0.1')",
  ],
}

const nodeExporter = {
  image: images.nodeExporter,
  ...shared,
  pid: 'host',
  command: ['--path.rootfs=/host', '--web.listen-address=:9100'],
  volumes: ['/:/host:ro'],
}

const grafana = {
  image: images.grafana,
  ...shared,
  environment: {
    GF_SERVER_HTTP_PORT: '3001',
    GF_AUTH_ANONYMOUS_ENABLED: 'true',
    GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
    // Everybody may look, nobody may change: so there is no password to keep.
    GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true',
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
    GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: '/var/lib/grafana/dashboards/overview.json',
  },
  volumes: [
    './grafana/provisioning:/etc/grafana/provisioning:ro',
    './grafana/dashboards:/var/lib/grafana/dashboards:ro',
    'grafana:/var/lib/grafana',
  ],
}
