/** The fields of the Prometheus Operator's objects that are used here, as its API reference has them. */
const text = { type: 'string' }
const texts = { type: 'object', additionalProperties: text }
const duration = { type: 'string', pattern: '^\\d+(ms|s|m|h|d|w|y)$' }
const name = { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 }

const metadata = {
  type: 'object',
  required: ['name'],
  properties: { name, namespace: name, labels: texts, annotations: texts },
  additionalProperties: false,
}

function object(apiVersion: string, kind: string, spec: object) {
  return {
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata', 'spec'],
    properties: { apiVersion: { const: apiVersion }, kind: { const: kind }, metadata, spec },
    additionalProperties: false,
  }
}

export const podMonitorSchema = object('monitoring.coreos.com/v1', 'PodMonitor', {
  type: 'object',
  required: ['selector', 'podMetricsEndpoints'],
  properties: {
    jobLabel: text,
    selector: { type: 'object', required: ['matchLabels'], properties: { matchLabels: texts } },
    namespaceSelector: { type: 'object' },
    sampleLimit: { type: 'integer' },
    labelLimit: { type: 'integer' },
    podMetricsEndpoints: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: {
          port: text,
          path: text,
          interval: duration,
          scrapeTimeout: duration,
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
})

const rule = {
  type: 'object',
  required: ['expr'],
  properties: {
    record: text,
    alert: text,
    expr: text,
    for: duration,
    keep_firing_for: { type: 'string', pattern: '^(\\d+(ms|s|m|h|d|w|y))+$' },
    labels: texts,
    annotations: texts,
  },
  additionalProperties: false,
}

export const prometheusRuleSchema = object('monitoring.coreos.com/v1', 'PrometheusRule', {
  type: 'object',
  required: ['groups'],
  properties: {
    groups: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'rules'],
        properties: { name: text, interval: duration, rules: { type: 'array', items: rule } },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
})

export const configMapSchema = {
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata', 'data'],
  properties: { apiVersion: { const: 'v1' }, kind: { const: 'ConfigMap' }, metadata, data: texts },
  additionalProperties: false,
}
