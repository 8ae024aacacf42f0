import type { Catalogue } from '../../finding/index.js'

export const rulesEnglish = {
  'rules/group-name-twice': {
    what: 'got a second group {name}',
    remedy: 'Give each group of a file a name of its own.',
  },
  'rules/record-or-alert': {
    what: 'got a rule with {got}, expected exactly one of record and alert',
    remedy: 'Write record: for a recording rule, or alert: for an alert.',
  },
  'rules/record-name': {
    what: 'got the record {name}, which is no metric name',
    remedy: 'Use letters, digits, _ and :, with no digit in front; labels go under labels:.',
  },
  'rules/alert-only-field': {
    what: 'got {field} in a recording rule',
    remedy: 'Remove {field}: only alerts have it.',
  },
  'rules/label-name': {
    what: 'got {name} as the name of {kind}',
    remedy: 'Use letters, digits and _; __name__ is not allowed.',
  },
  'rules/template': {
    what: 'got a template in {field} that cannot be read: {fault}',
    remedy: 'Correct the template: it is Go’s, with the functions of Prometheus.',
  },
  'rules/duplicate': {
    what: 'got the same rule as on line {line}',
    remedy: 'Remove one: the second one writes what the first one wrote.',
  },
  'rules/result-type': {
    what: 'the expression gives {got}, expected an instant vector or a scalar',
    remedy: 'Take a value of the range with rate() or one of *_over_time().',
  },
  'rules/no-comparison': {
    what: 'the expression compares with nothing, so it fires for every series that there is',
    remedy: 'Compare with a threshold, as in … > 0.05; if it is to fire always, write vector(1).',
  },
  'rules/absent-without-for': {
    what: 'got absent() with for: {got}: it fires whenever a scrape is late or Prometheus restarts',
    remedy: 'Add for: {least}.',
  },
  'rules/zero-for': {
    what: 'got {field}: {got}, which is what it is without it',
    remedy: 'Remove {field}, or give it a duration.',
  },
  'rules/value-in-label': {
    what: 'the label {label} has the value of the alert in it, so it is another alert with each evaluation',
    remedy: 'Move {{ $value }} into an annotation.',
  },
  'rules/missing-template-label': {
    what: 'the template of {field} uses the label {label}, which the expression does not give',
    remedy: 'Keep the label in the expression, as in by ({label}), or take it out of the template.',
  },
  'rules/fragile-order': {
    what: '{operator} in an alert: which series are in it changes, and each change ends an alert and begins another',
    remedy: 'Compare the values with a threshold instead.',
  },
  'rules/group-interval': {
    what: 'the group is evaluated every {interval}, which is longer than the 5m for which Prometheus finds a sample: what it records has gaps',
    remedy: 'Set interval to 2m or less.',
  },
  'rules/no-severity': {
    what: 'the alert has no label severity, by which it could be routed',
    remedy: 'Add severity: critical, warning or info under labels:.',
  },
  'rules/no-summary': {
    what: 'the alert has neither a summary nor a description',
    remedy: 'Add the annotation summary, one sentence that says what is wrong where.',
  },
  'rules/no-runbook': {
    what: 'the alert has no runbook_url',
    remedy: 'Add the annotation runbook_url with the page that says what to do.',
  },
  'rules/record-form': {
    what: 'got the record {name}, which has no colon',
    remedy:
      'Name it level:metric:operation, as in job:http_requests:rate5m, so that nobody takes it for a metric of an application.',
  },
  'rules/unused-keep-firing': {
    what: 'got keep_firing_for: {got}, which is shorter than the evaluation interval {interval}',
    remedy: 'Make it longer than the interval, or remove it.',
  },
  'rules/humanize': {
    what: 'the value of a rate or a ratio is shown with all its digits',
    remedy: 'Write {{ $value | humanize }}, or humanizePercentage for a ratio.',
  },
} as const satisfies Catalogue
