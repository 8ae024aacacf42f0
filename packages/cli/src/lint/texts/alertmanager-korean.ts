import type { FindingText } from '../../finding/index.js'
import type { alertmanagerEnglish } from './alertmanager-english.js'

export const alertmanagerKorean: Readonly<Record<keyof typeof alertmanagerEnglish, FindingText>> = {
  'alertmanager/no-receiver': {
    what: '첫 경로에 수신자가 없습니다',
    remedy: '다른 경로가 받지 않은 것을 받을 수신자를 쓰세요.',
  },
  'alertmanager/root-matcher': {
    what: '첫 경로에 {field} 필드가 있습니다',
    remedy: '{field} 필드를 지우세요. 첫 경로는 모든 알림을 받아야 합니다.',
  },
  'alertmanager/undefined-receiver': { what: '정의되지 않은 수신자입니다: {receiver}', remedy: '{remedy}' },
  'alertmanager/duplicate-receiver': {
    what: '같은 이름의 수신자가 또 있습니다: {receiver}',
    remedy: '수신자마다 다른 이름을 쓰세요.',
  },
  'alertmanager/unused-receiver': {
    what: '가는 경로가 없는 수신자입니다: {receiver}',
    remedy: '경로를 더하거나 지우세요.',
  },
  'alertmanager/silent-receiver': {
    what: '첫 경로의 수신자가 아무에게도 알리지 않습니다: {receiver}. 다른 경로가 받지 않은 알림은 사라집니다',
    remedy: 'webhook_configs, email_configs 같은 연동을 더하세요.',
  },
  'alertmanager/duplicate-group-by': {
    what: 'group_by 에 같은 레이블이 두 번 있습니다: {label}',
    remedy: '하나만 남기세요.',
  },
  'alertmanager/group-by-all': {
    what: 'group_by 에 ... 과 다른 레이블이 함께 있습니다',
    remedy: '모든 레이블로 묶는 ... 만 남기거나 다른 레이블만 남기세요.',
  },
  'alertmanager/zero-interval': { what: '{field} 값이 0입니다', remedy: '{field} 값을 0보다 길게 하세요.' },
  'alertmanager/repeat-below-group': {
    what: 'repeat_interval {repeat} 이 알림이 나가는 간격인 group_interval {group} 보다 짧습니다',
    remedy: 'repeat_interval 을 group_interval 의 배수로 하세요.',
  },
  'alertmanager/matcher': {
    what: '조건을 읽을 수 없습니다: {matcher} ({fault})',
    remedy: '=, !=, =~, !~ 로 name="value" 형태로 쓰세요.',
  },
  'alertmanager/old-matcher': {
    what: '{field} 필드는 matchers로 바뀌었습니다',
    remedy: '{suggestion} 아래에 쓰세요.',
  },
  'alertmanager/undefined-time-interval': {
    what: '정의되지 않은 시간 구간입니다: {name}',
    remedy: 'time_intervals 아래에 정의하거나 이름을 고치세요.',
  },
  'alertmanager/duplicate-time-interval': {
    what: '같은 이름의 시간 구간이 또 있습니다: {name}',
    remedy: '시간 구간마다 다른 이름을 쓰세요.',
  },
  'alertmanager/missing-setting': {
    what: '{integration}: {field} 필드가 없고 global에도 없습니다',
    remedy: '여기에 {field} 또는 global 아래에 {setting} 을 더하세요.',
  },
  'alertmanager/both-settings': {
    what: '{first} 필드와 {second} 필드가 함께 있습니다',
    remedy: '하나만 남기세요.',
  },
  'alertmanager/inhibits-all': {
    what: '억제 규칙에 {side} 조건이 없습니다: {what}',
    remedy: '{side}_matchers: [severity="critical"] 처럼 어떤 알림인지 쓰세요.',
  },
  'alertmanager/inhibits-itself': {
    what: '억제하는 알림과 억제되는 알림이 같습니다',
    remedy: '억제하는 알림을 대상에서 빼세요.',
  },
  'alertmanager/inhibit-everywhere': {
    what: '억제 규칙에 equal 이 없어서 한 곳의 알림이 모든 곳의 알림을 막습니다',
    remedy: '[alertname, job] 처럼 같아야 하는 레이블을 equal 에 쓰세요.',
  },
  'alertmanager/unreachable-route': {
    what: '닿을 수 없는 경로입니다. {line}번째 줄의 경로가 먼저 모든 알림을 받습니다',
    remedy: '조건 없는 경로를 끝에 두거나 continue: true 를 더하세요.',
  },
}
