import type { Catalogue } from '../../finding/index.js'

export const dashboardEnglish = {
  'dashboard/json': {
    what: 'got JSON that cannot be read: {detail}',
    remedy: 'Correct the file, or export the dashboard again.',
  },
  'dashboard/template-datasource': {
    what: 'got {got}, expected one variable of type datasource, named datasource or ending in _datasource, for prometheus or loki',
    remedy: 'Add the variable and use it in every panel, so that the dashboard works on any Grafana.',
  },
  'dashboard/template-job': {
    what: 'the variable job: {got}',
    remedy:
      'Make it a query variable named job with the label job, on the datasource variable, with multi and allValue ".+".',
  },
  'dashboard/template-instance': {
    what: 'the variable instance: {got}',
    remedy:
      'Make it a query variable named instance with the label instance, on the datasource variable, with multi and allValue ".+".',
  },
  'dashboard/template-promql': {
    what: 'the query of the variable {name} cannot be read: {detail}',
    remedy: 'Write label_values(metric, label), or a query that Prometheus reads.',
  },
  'dashboard/template-refresh': {
    what: 'the variable {name} is not read again when the time range changes',
    remedy: 'Set refresh to 2.',
  },
  'dashboard/panel-datasource': {
    what: 'the data source is {got}, expected a variable',
    remedy: 'Write $datasource as its uid.',
  },
  'dashboard/panel-title': {
    what: 'the panel has no {missing}',
    remedy: 'Add a {missing} that says what is shown.',
  },
  'dashboard/panel-unit': {
    what: 'the unit is {got}, expected one that Grafana knows',
    remedy: 'Set fieldConfig.defaults.unit, such as s, bytes, percentunit, reqps or short.',
  },
  'dashboard/panel-no-targets': {
    what: 'the panel has no query',
    remedy: 'Add a target with an expression, or remove the panel.',
  },
  'dashboard/target-logql': {
    what: 'the LogQL of {target} cannot be read: {detail}',
    remedy: 'Correct the query.',
  },
  'dashboard/target-logql-auto': { what: '{target} uses the fixed range {got}', remedy: 'Write [$__auto].' },
  'dashboard/target-rate-interval': {
    what: '{target} uses {function}() with the range {got}, which is empty when it is shorter than two scrapes',
    remedy: 'Write [$__rate_interval].',
  },
  'dashboard/target-job': {
    what: '{target} selects {metric} without a matcher of job',
    remedy: 'Add job=~"$job".',
  },
  'dashboard/target-instance': {
    what: '{target} selects {metric} without a matcher of instance',
    remedy: 'Add instance=~"$instance".',
  },
  'dashboard/editable': {
    what: 'the dashboard is editable: changes are lost when it is provisioned again',
    remedy: 'Set editable to false.',
  },
  'dashboard/panel-id': {
    what: 'the panel has {got}: Grafana 13 drops panels without an id of their own',
    remedy: 'Give each panel a number of its own as id.',
  },
  'dashboard/ref-id': {
    what: 'got {got} in the queries of a panel',
    remedy: 'Give each target a refId of its own: A, B, C.',
  },
  'dashboard/uid': {
    what: 'the uid is {got}, expected 1 to 40 letters, digits, - and _',
    remedy: 'Set a uid that stays the same, so that links and provisioning find the dashboard again.',
  },
  'dashboard/duplicate-uid': {
    what: 'the uid {uid} is that of {other} too: Grafana keeps one of the two',
    remedy: 'Give each dashboard a uid of its own.',
  },
  'dashboard/alert-threshold': {
    what: 'the panel changes its colour at {step}, and the alert {alert} in {file} fires at {operator} {threshold} of the same expression',
    remedy: 'Set the threshold of the panel to {threshold}, or that of the alert {alert} to {step}.',
  },
  'dashboard/grid': { what: 'the panel {got}', remedy: 'Place it inside the 24 columns, beside the others.' },
  'dashboard/angular': {
    what: 'the panel type {type} is gone since Grafana 12',
    remedy: 'Use {suggestion}.',
  },
  'dashboard/import-only': {
    what: 'got {got}, which works only in the import dialog, not when the dashboard is provisioned',
    remedy: 'Use a datasource variable instead.',
  },
  'dashboard/undefined-variable': {
    what: '{where} uses the variable {name}, which is not defined',
    remedy: 'Define it under templating, or correct the name.',
  },
  'dashboard/unused-variable': {
    what: 'the variable {name} is not used',
    remedy: 'Use it in a query, or remove it.',
  },
  'dashboard/unknown-metric': {
    what: '{target} uses the metric {metric}, which none of the expositions of this run has',
    remedy: '{remedy}',
  },
  'dashboard/legend-label': {
    what: 'the legend of {target} uses the label {label}, which the query does not give',
    remedy: 'Add {label} to the aggregation, or take it out of the legend.',
  },
  'dashboard/unit-suffix': {
    what: 'the unit is {got}, and {metric} is in {unit}',
    remedy: 'Set the unit to {suggestion}.',
  },
  'dashboard/schema-version': {
    what: 'schemaVersion is {got}, expected {expected}',
    remedy: 'Export the dashboard in the classic model of Grafana 8 to 13.',
  },
  'dashboard/link': { what: 'got a link to {got}', remedy: 'Give a complete address, or a path from /.' },
  'dashboard/refresh': {
    what: 'the dashboard refreshes every {got}',
    remedy: 'Refresh every 10s or more: each refresh runs every query.',
  },
} as const satisfies Catalogue
