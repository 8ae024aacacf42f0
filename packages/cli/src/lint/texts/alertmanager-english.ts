import type { Catalogue } from '../../finding/index.js'

export const alertmanagerEnglish = {
  'alertmanager/no-receiver': {
    what: 'the first route has no receiver',
    remedy: 'Name the receiver for everything that no other route takes.',
  },
  'alertmanager/root-matcher': {
    what: 'the first route has {field}',
    remedy: 'Remove {field}: the first route has to take every alert.',
  },
  'alertmanager/undefined-receiver': {
    what: 'got the receiver {receiver}, which is not defined',
    remedy: '{remedy}',
  },
  'alertmanager/duplicate-receiver': {
    what: 'got a second receiver {receiver}',
    remedy: 'Give each receiver a name of its own.',
  },
  'alertmanager/unused-receiver': {
    what: 'no route leads to the receiver {receiver}',
    remedy: 'Add a route to it, or remove it.',
  },
  'alertmanager/silent-receiver': {
    what: 'the first route leads to {receiver}, which notifies nobody: what no other route takes is lost',
    remedy: 'Add an integration to it, such as webhook_configs or email_configs.',
  },
  'alertmanager/duplicate-group-by': {
    what: 'got {label} twice in group_by',
    remedy: 'Keep one of the two.',
  },
  'alertmanager/group-by-all': {
    what: 'got ... beside other labels in group_by',
    remedy: 'Keep ... alone, which groups by every label, or the other labels.',
  },
  'alertmanager/zero-interval': {
    what: '{field} is zero',
    remedy: 'Give {field} a duration of more than 0.',
  },
  'alertmanager/repeat-below-group': {
    what: 'repeat_interval {repeat} is shorter than group_interval {group}, at whose pace notifications go out',
    remedy: 'Make repeat_interval a multiple of group_interval.',
  },
  'alertmanager/matcher': {
    what: 'got the matcher {matcher}, which cannot be read: {fault}',
    remedy: 'Write it as name="value", with =, !=, =~ or !~.',
  },
  'alertmanager/old-matcher': {
    what: 'got {field}, which matchers have replaced',
    remedy: 'Write it under {suggestion}.',
  },
  'alertmanager/undefined-time-interval': {
    what: 'got the time interval {name}, which is not defined',
    remedy: 'Define it under time_intervals, or correct the name.',
  },
  'alertmanager/duplicate-time-interval': {
    what: 'got a second time interval {name}',
    remedy: 'Give each time interval a name of its own.',
  },
  'alertmanager/missing-setting': {
    what: '{integration} has no {field}, and the global settings have none',
    remedy: 'Add {field} here, or {setting} under global.',
  },
  'alertmanager/both-settings': { what: 'got {first} and {second} at once', remedy: 'Keep one of the two.' },
  'alertmanager/inhibits-all': {
    what: 'an inhibition without {side} matchers: {what}',
    remedy: 'Say which alerts are meant, as in {side}_matchers: [severity="critical"].',
  },
  'alertmanager/inhibits-itself': {
    what: 'source and target of an inhibition are the same alerts',
    remedy: 'Let the target leave out what the source takes.',
  },
  'alertmanager/inhibit-everywhere': {
    what: 'an inhibition without equal: one alert anywhere silences those everywhere',
    remedy: 'Add equal with the labels that both have to share, such as [alertname, job].',
  },
  'alertmanager/unreachable-route': {
    what: 'the route is never reached: the one on line {line} takes every alert before it',
    remedy: 'Put the one without matchers last, or give it continue: true.',
  },
} as const satisfies Catalogue
