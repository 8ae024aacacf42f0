import type { Case } from './case.js'

const receivers = 'receivers: [{ name: team, webhook_configs: [{ url: "http://localhost:5001/" }] }]\n'
const file = (route: string, more = receivers) => `route: { receiver: team${route} }\n${more}`
const receiver = (integration: string, more = '') =>
  `route: { receiver: team }\nreceivers: [{ name: team, ${integration} }]\n${more}`
const inhibition = (rule: string) => `${file('')}inhibit_rules: [{ ${rule} }]\n`
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

export const alertmanagerFiles: readonly Case[] = [
  ok('one receiver', file('')),
  ok(
    'grouping and times',
    file(', group_by: [alertname, job], group_wait: 10s, group_interval: 1m, repeat_interval: 4h'),
  ),
  ok('grouping by everything', file(', group_by: ["..."]')),
  ok(
    'routes',
    file(
      ', routes: [{ matchers: [severity="critical", "a=~b.*", "c != d"], receiver: team, continue: true }]',
    ),
  ),
  ok('several matchers in braces', file(`, routes: [{ matchers: ['{a="b",c=~"d"}'] }]`)),
  ok(
    'an inhibition',
    inhibition(
      `source_matchers: [severity="critical"], target_matchers: [severity="warning"], equal: [alertname]`,
    ),
  ),
  ok(
    'e-mail with global settings',
    receiver('email_configs: [{ to: a@b.c }]', 'global: { smtp_smarthost: "a:25", smtp_from: x@y.z }\n'),
  ),
  ok(
    'Slack with a global address',
    receiver('slack_configs: [{ channel: "#a" }]', 'global: { slack_api_url: "http://a/b" }\n'),
  ),
  ok('PagerDuty', receiver('pagerduty_configs: [{ routing_key: a }]')),
  ok('Discord and Webex', receiver('discord_configs: [{ webhook_url: "http://a/b" }]')),
  ok(
    'time intervals',
    `${file(', routes: [{ matchers: [a=b], mute_time_intervals: [night] }]')}time_intervals: [{ name: night, time_intervals: [{ times: [{ start_time: "22:00", end_time: "24:00" }], weekdays: ["monday:friday", Saturday], days_of_month: ["1:5", "-3:-1", "5:-1"], months: ["january:march", 5], years: ["2026:2028"], location: Europe/Berlin }] }]\n`,
  ),
  ok(
    'a receiver that nobody uses',
    file('', receivers.replace(']\n', ', { name: other }]\n')),
    'alertmanager/unused-receiver',
  ),
  ok(
    'a first receiver without an integration',
    file('', 'receivers: [{ name: team }]\n'),
    'alertmanager/silent-receiver',
  ),
  ok(
    'repeats below the group interval',
    file(', group_interval: 5m, repeat_interval: 1m'),
    'alertmanager/repeat-below-group',
  ),
  ok('old matchers', file(', routes: [{ match: { a: b }, match_re: { c: d } }]'), 'alertmanager/old-matcher'),
  ok(
    'a route that is never reached',
    file(', routes: [{ group_wait: 1s }, { matchers: [a=b] }]'),
    'alertmanager/unreachable-route',
  ),
  ok(
    'an inhibition without a target',
    inhibition('source_matchers: [a=b], equal: [c]'),
    'alertmanager/inhibits-all',
  ),
  ok(
    'an inhibition without equal',
    inhibition('source_matchers: [a=b], target_matchers: [a=c]'),
    'alertmanager/inhibit-everywhere',
  ),
  ok(
    'an inhibition of itself',
    inhibition('source_matchers: [a=b], target_matchers: [a="b"], equal: [c]'),
    'alertmanager/inhibits-itself',
  ),
  bad('no route', receivers, 'yaml/missing-field'),
  bad('no YAML', 'route: {', 'yaml/syntax'),
  bad('an unknown field', file('', `${receivers}routes: []\n`), 'yaml/unknown-field'),
  bad('an unknown field of a route', file(', groups: [a]'), 'yaml/unknown-field'),
  bad(
    'an unknown integration',
    receiver('teams_configs: []'),
    'yaml/unknown-field',
    'alertmanager/silent-receiver',
  ),
  bad(
    'an integration that is newer',
    receiver('msteams_configs: [{ webhook_url: "http://a/b" }]'),
    'yaml/too-new',
  ),
  bad('a field that is newer', receiver('webhook_configs: [{ url_file: a }]'), 'yaml/too-new'),
  bad(
    'no receiver in the first route',
    `route: { group_by: [a] }\n${receivers}`,
    'alertmanager/no-receiver',
    'alertmanager/unused-receiver',
  ),
  bad(
    'a receiver that is not defined',
    file('').replace('receiver: team', 'receiver: tean'),
    'alertmanager/undefined-receiver',
    'alertmanager/unused-receiver',
  ),
  bad(
    'a receiver of a route that is not defined',
    file(', routes: [{ receiver: other, matchers: [a=b] }]'),
    'alertmanager/undefined-receiver',
  ),
  bad(
    'two receivers of one name',
    file('', 'receivers: [{ name: team, webhook_configs: [{ url: "http://a/" }] }, { name: team }]\n'),
    'alertmanager/duplicate-receiver',
  ),
  bad(
    'a receiver without a name',
    file(
      '',
      'receivers: [{ name: team, webhook_configs: [{ url: "http://a/" }] }, { webhook_configs: [] }]\n',
    ),
    'yaml/missing-field',
  ),
  bad('matchers in the first route', file(', matchers: [a=b]'), 'alertmanager/root-matcher'),
  bad('continue in the first route', file(', continue: true'), 'alertmanager/root-matcher'),
  bad('a label twice in group_by', file(', group_by: [a, a]'), 'alertmanager/duplicate-group-by'),
  bad('... beside other labels', file(', group_by: ["...", a]'), 'alertmanager/group-by-all'),
  bad('a zero group_interval', file(', group_interval: 0s'), 'alertmanager/zero-interval'),
  bad('a zero repeat_interval', file(', repeat_interval: 0s'), 'alertmanager/zero-interval'),
  bad('a bad duration', file(', group_wait: soon'), 'yaml/bad-value'),
  bad('a matcher without an operator', file(', routes: [{ matchers: [severity] }]'), 'alertmanager/matcher'),
  bad(
    'a matcher with a bad regular expression',
    file(`, routes: [{ matchers: ['a=~"("'] }]`),
    'alertmanager/matcher',
  ),
  bad(
    'a bad regular expression in match_re',
    file(', routes: [{ match_re: { a: "(" } }]'),
    'yaml/bad-value',
    'alertmanager/old-matcher',
  ),
  bad(
    'a time interval that is not defined',
    file(', routes: [{ matchers: [a=b], mute_time_intervals: [night] }]'),
    'alertmanager/undefined-time-interval',
  ),
  bad(
    'two time intervals of one name',
    `${file('')}time_intervals: [{ name: a, time_intervals: [] }, { name: a, time_intervals: [] }]\n`,
    'alertmanager/duplicate-time-interval',
  ),
  bad(
    'a time that is none',
    `${file('')}time_intervals: [{ name: a, time_intervals: [{ times: [{ start_time: "25:00", end_time: "26:00" }] }] }]\n`,
    'yaml/bad-value',
  ),
  bad(
    'a webhook without an address',
    receiver('webhook_configs: [{ send_resolved: true }]'),
    'alertmanager/missing-setting',
  ),
  bad(
    'Slack without an address',
    receiver('slack_configs: [{ channel: a }]'),
    'alertmanager/missing-setting',
  ),
  bad(
    'e-mail without a server',
    receiver('email_configs: [{ to: a@b.c, from: a@b.c }]'),
    'alertmanager/missing-setting',
  ),
  bad(
    'e-mail without a recipient',
    receiver('email_configs: [{ from: a@b.c, smarthost: "a:25" }]'),
    'yaml/missing-field',
  ),
  bad(
    'PagerDuty without a key',
    receiver('pagerduty_configs: [{ severity: a }]'),
    'alertmanager/missing-setting',
  ),
  bad(
    'Opsgenie without a key',
    receiver('opsgenie_configs: [{ message: a }]'),
    'alertmanager/missing-setting',
  ),
  bad(
    'VictorOps without a routing key',
    receiver('victorops_configs: [{ api_key: a }]'),
    'alertmanager/missing-setting',
  ),
  bad(
    'Telegram without a chat',
    receiver('telegram_configs: [{ bot_token: a }]'),
    'alertmanager/missing-setting',
  ),
  bad(
    'Pushover without a token',
    receiver('pushover_configs: [{ user_key: a }]'),
    'alertmanager/missing-setting',
  ),
  bad(
    'two addresses of Slack',
    receiver('slack_configs: [{ api_url: "http://a/b", api_url_file: c }]'),
    'alertmanager/both-settings',
  ),
  bad(
    'two global addresses of Slack',
    receiver(
      'slack_configs: [{ channel: a }]',
      'global: { slack_api_url: "http://a/b", slack_api_url_file: c }\n',
    ),
    'alertmanager/both-settings',
  ),
  bad(
    'an inhibition with a bad matcher',
    inhibition(`source_matchers: ['a=~"("'], target_matchers: [a=c], equal: [b]`),
    'alertmanager/matcher',
  ),
  bad(
    'weekdays that go backwards',
    `${file('')}time_intervals: [{ name: a, time_intervals: [{ weekdays: ["saturday:sunday"] }] }]\n`,
    'yaml/bad-value',
  ),
  bad(
    'a weekday that is none',
    `${file('')}time_intervals: [{ name: a, time_intervals: [{ weekdays: [mon] }] }]\n`,
    'yaml/bad-value',
  ),
  bad(
    'a day that is none',
    `${file('')}time_intervals: [{ name: a, time_intervals: [{ days_of_month: [32] }] }]\n`,
    'yaml/bad-value',
  ),
  bad(
    'days that go backwards',
    `${file('')}time_intervals: [{ name: a, time_intervals: [{ days_of_month: ["5:1"] }] }]\n`,
    'yaml/bad-value',
  ),
  bad(
    'a month that is none',
    `${file('')}time_intervals: [{ name: a, time_intervals: [{ months: [jan] }] }]\n`,
    'yaml/bad-value',
  ),
  bad(
    'years that go backwards',
    `${file('')}time_intervals: [{ name: a, time_intervals: [{ years: ["2028:2026"] }] }]\n`,
    'yaml/bad-value',
  ),
  bad(
    'a time zone that is none',
    `${file('')}time_intervals: [{ name: a, time_intervals: [{ location: Europe/Nowhere }] }]\n`,
    'yaml/bad-value',
  ),
  bad(
    'a night over midnight',
    `${file('')}time_intervals: [{ name: a, time_intervals: [{ times: [{ start_time: "22:00", end_time: "06:00" }] }] }]\n`,
    'yaml/bad-value',
  ),
]
