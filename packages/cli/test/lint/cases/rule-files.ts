import type { Case } from './case.js'

/** An alert that has what an alert needs, with another expression. */
const alert = (expr: string, more = '') => `groups:
  - name: shop
    rules:
      - alert: Slow
        expr: ${expr}
        for: 5m
        labels: { severity: warning }
        annotations: { summary: The shop is slow., runbook_url: "https://example.com/slow" }${more}
`

const record = (expr: string, name = 'job:x:rate5m') => `groups:
  - name: shop
    rules:
      - record: ${name}
        expr: ${expr}
`

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

/** Files of rules, good and bad. */
export const ruleFiles: readonly Case[] = [
  ok('an alert with everything', alert('up == 0')),
  ok('a recording rule', record('sum by (job) (rate(http_requests_total[5m]))')),
  ok('no groups', 'groups: []\n'),
  ok('a group without rules', 'groups: [{name: a, rules: []}]\n'),
  ok('a group with an interval and a limit', 'groups: [{name: a, interval: 1m, limit: 10, rules: []}]\n'),
  ok('a block over several lines', alert('|\n          rate(errors_total[5m])\n            > 0.5')),
  ok('keep_firing_for', alert('up == 0', '\n        keep_firing_for: 5m')),
  bad('no YAML', 'groups: [', 'yaml/syntax'),
  bad('a key twice', 'groups:\n  - name: a\n    name: b\n    rules: []\n', 'yaml/duplicate-key'),
  bad('a list instead of fields', '- a\n', 'yaml/wrong-type'),
  bad('an unknown field of the file', 'groups: []\nrules: []\n', 'yaml/unknown-field'),
  bad('an unknown field of a group', 'groups: [{name: a, intervall: 1m, rules: []}]\n', 'yaml/unknown-field'),
  bad('an unknown field of a rule', alert('up == 0', '\n        severity: page'), 'yaml/unknown-field'),
  bad('a group without a name', 'groups: [{rules: []}]\n', 'yaml/missing-field'),
  bad('a group with an empty name', 'groups: [{name: "", rules: []}]\n', 'yaml/missing-field'),
  bad(
    'two groups of one name',
    'groups: [{name: a, rules: []}, {name: a, rules: []}]\n',
    'rules/group-name-twice',
  ),
  bad('a field that is newer', 'groups: [{name: a, query_offset: 1m, rules: []}]\n', 'yaml/too-new'),
  bad('labels of a group', 'groups: [{name: a, labels: {a: b}, rules: []}]\n', 'yaml/too-new'),
  bad('a bad interval', 'groups: [{name: a, interval: soon, rules: []}]\n', 'yaml/bad-value'),
  bad('a bad for', alert('up == 0').replace('5m', '5 minutes'), 'yaml/bad-value'),
  bad('neither record nor alert', 'groups: [{name: a, rules: [{expr: up}]}]\n', 'rules/record-or-alert'),
  bad(
    'both record and alert',
    'groups: [{name: a, rules: [{record: "a:b", alert: c, expr: up}]}]\n',
    'rules/record-or-alert',
    'rules/no-comparison',
    'rules/no-severity',
    'rules/no-summary',
    'rules/no-runbook',
  ),
  bad('no expression', 'groups: [{name: a, rules: [{record: "a:b"}]}]\n', 'yaml/missing-field'),
  bad('a record with for', record('up').replace('expr', 'for: 5m\n        expr'), 'rules/alert-only-field'),
  bad(
    'a record with annotations',
    `${record('up')}        annotations: { a: b }\n`,
    'rules/alert-only-field',
  ),
  bad('a record that is no metric name', record('up', 'job-x'), 'rules/record-name'),
  bad('a record with braces', record('up', '\'a{b="c"}\''), 'rules/record-name'),
  bad(
    'a bad label name',
    alert('up == 0').replace('severity: warning', 'severity: warning, "a-b": c'),
    'rules/label-name',
  ),
  bad(
    'the label __name__',
    alert('up == 0').replace('severity: warning', 'severity: warning, __name__: c'),
    'rules/label-name',
  ),
  bad(
    'a bad annotation name',
    alert('up == 0').replace('summary:', '"sum mary":'),
    'rules/label-name',
    'rules/no-summary',
  ),
  bad('a bad expression', alert('sum(up == 0'), 'promql/unclosed'),
  bad('a bad type', alert('rate(up) > 0'), 'promql/argument-type'),
  bad('a function that is newer', record('mad_over_time(up[5m])'), 'promql/too-new'),
  bad(
    'a template with an unknown function',
    alert('up == 0').replace('The shop is slow.', '"{{ nope }}"'),
    'rules/template',
  ),
  bad(
    'a template that does not end',
    alert('up == 0').replace('The shop is slow.', '"{{ $value"'),
    'rules/template',
  ),
  bad(
    'a template with an unknown variable',
    alert('up == 0').replace('The shop is slow.', '"{{ $job }}"'),
    'rules/template',
  ),
  bad(
    'a template whose if does not end',
    alert('up == 0').replace('The shop is slow.', '"{{ if $value }}a"'),
    'rules/template',
  ),
  bad(
    'a template with a newer function',
    alert('up == 0').replace('The shop is slow.', '"{{ now }}"'),
    'rules/template',
  ),
  ok(
    'templates of all kinds',
    alert('up == 0').replace(
      'The shop is slow.',
      '\'{{ $labels.job }} {{ .Labels.job }} {{ index $labels "job" }} {{ with query "up" }}{{ . | first | value | humanize }}{{ end }}{{ if gt $value 1.0 }}a{{ else if true }}b{{ else }}c{{ end }}{{ range $i, $x := query "up" }}{{ $x.Value }}{{ end }}{{/* no */}}{{ printf "%.2f" $value }}{{ $externalLabels.a }}{{ $externalURL }}\'',
    ),
  ),
  ok(
    'the same record twice',
    `${record('up')}      - record: job:x:rate5m\n        expr: up\n`,
    'rules/duplicate',
  ),
  ok(
    'a record with other labels',
    `${record('up')}      - record: job:x:rate5m\n        expr: up\n        labels: { a: b }\n`,
  ),
  ok('an alert without a comparison', alert('rate(errors_total[5m])'), 'rules/no-comparison'),
  ok('an alert that always fires', alert('vector(1)')),
  ok('a comparison with bool', alert('up == bool 0'), 'rules/no-comparison'),
  ok('a comparison on one side of or', alert('up == 0 or rate(errors_total[5m])'), 'rules/no-comparison'),
  ok(
    'absent() without for',
    alert('absent(up)').replace('        for: 5m\n', ''),
    'rules/absent-without-for',
  ),
  ok('absent() with for', alert('absent(up)')),
  ok('for: 0s', alert('up == 0').replace('for: 5m', 'for: 0s'), 'rules/zero-for'),
  ok(
    'the value in a label',
    alert('up == 0').replace('severity: warning', 'severity: warning, v: "{{ $value }}"'),
    'rules/value-in-label',
  ),
  ok(
    'a label that the expression does not give',
    alert('sum(rate(errors_total[5m])) > 1').replace('The shop is slow.', '"{{ $labels.job }}"'),
    'rules/missing-template-label',
  ),
  ok(
    'a label that the expression gives',
    alert('sum by (job) (rate(errors_total[5m])) > 1').replace('The shop is slow.', '"{{ $labels.job }}"'),
  ),
  ok('topk in an alert', alert('topk(5, rate(errors_total[5m])) > 1'), 'rules/fragile-order'),
  ok(
    'aggregations by different labels',
    alert('sum by (job) (rate(a_total[5m])) / sum by (route) (rate(b_total[5m])) > 1'),
    'query/fragile-arithmetic',
  ),
  ok('a long interval', 'groups: [{name: a, interval: 10m, rules: []}]\n', 'rules/group-interval'),
  ok(
    'no severity, summary and runbook',
    'groups: [{name: a, rules: [{alert: A, expr: up == 0}]}]\n',
    'rules/no-severity',
    'rules/no-summary',
    'rules/no-runbook',
  ),
  ok('a record without a colon', record('up', 'x'), 'rules/record-form'),
  ok('a range as the result', record('up[5m]'), 'rules/result-type'),
  ok(
    'the digits of a ratio',
    alert('rate(a_total[5m]) > 1').replace('The shop is slow.', '"{{ $value }}"'),
    'rules/humanize',
  ),
  ok(
    'a short keep_firing_for',
    alert('up == 0', '\n        keep_firing_for: 10s').replace('name: shop', 'name: shop\n    interval: 1m'),
    'rules/unused-keep-firing',
  ),
  ok('rate over one scrape', alert('rate(errors_total[15s]) > 1'), 'query/short-range'),
  ok('rate over two scrapes', alert('rate(errors_total[30s]) > 1'), 'query/tight-range'),
  ok('rate of a gauge', alert('rate(process_resident_memory_bytes[5m]) > 1'), 'query/rate-of-gauge'),
  ok('deriv of a gauge', alert('deriv(process_resident_memory_bytes[5m]) > 1')),
  ok('a counter without rate', alert('errors_total > 5'), 'query/counter-without-rate'),
  ok('a counter that is only counted', alert('count(errors_total) > 5')),
  ok('a counter that is new', alert('errors_total unless errors_total offset 5m > 0')),
  ok('rate of a recorded sum', alert('rate(job:requests:sum[5m]) > 1'), 'query/rate-of-aggregate'),
  ok(
    'a label that was aggregated away',
    alert('sum by (job) (sum by (route) (rate(a_total[5m]))) > 1'),
    'query/impossible-label',
  ),
  ok(
    'on() a label that is gone',
    alert('sum by (job) (rate(a_total[5m])) > on (route) up'),
    'query/impossible-label',
  ),
  ok(
    'quantiles without le',
    alert('histogram_quantile(0.9, sum by (job) (rate(a_bucket[5m]))) > 1'),
    'query/histogram-le',
  ),
  ok(
    'quantiles of a native histogram',
    alert('histogram_quantile(0.9, sum by (job) (rate(a_seconds[5m]))) > 1'),
  ),
  ok('matchers that exclude each other', alert('up{job="a",job="b"} == 0'), 'query/contradiction'),
  ok('a division inside a sum', alert('sum(a / b) > 1'), 'query/nan'),
  ok('a guarded division inside a sum', alert('sum(a / (b > 0)) > 1')),
  ok('a plain text as a regular expression', alert('up{job=~"a"} == 0'), 'query/regexp-literal'),
  ok('anchors', alert('up{job=~"^a.*$"} == 0'), 'query/regexp-anchors'),
  ok('a matcher for everything', alert('up{job=~".*"} == 0'), 'query/regexp-wildcard'),
  ok('a regular expression for names', alert(`'{__name__=~"a.+"} > 1'`), 'query/name-regexp'),
]
