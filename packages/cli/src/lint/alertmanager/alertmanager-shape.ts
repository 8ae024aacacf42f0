import {
  all,
  any,
  dictionary,
  type Fields,
  field,
  fields,
  flag,
  list,
  type Shape,
  text,
} from '../schema/shape.js'
import { duration, regexp } from '../schema/text-shapes.js'
import { clientShape, receiverShape } from './receiver-shapes.js'
import { clock, dayOfMonth, month, timeZone, weekday, year } from './time-shapes.js'

const later = (names: string, since: string): Fields =>
  Object.fromEntries(names.split(' ').map((name) => [name, field(text, { since })]))

const global: Fields = {
  resolve_timeout: field(duration),
  http_config: field(clientShape),
  ...all(
    `smtp_from smtp_hello smtp_smarthost smtp_auth_username smtp_auth_password smtp_auth_password_file smtp_auth_secret
    smtp_auth_identity slack_api_url slack_api_url_file pagerduty_url opsgenie_api_url opsgenie_api_key
    opsgenie_api_key_file victorops_api_url victorops_api_key victorops_api_key_file wechat_api_url wechat_api_secret
    wechat_api_corp_id telegram_api_url webex_api_url`,
    text,
  ),
  smtp_require_tls: field(flag),
  smtp_tls_config: field(any, { since: '0.28' }),
  ...later(
    'jira_api_url rocketchat_api_url rocketchat_token rocketchat_token_file rocketchat_token_id',
    '0.28',
  ),
  ...later('slack_app_token slack_app_token_file slack_app_url', '0.29'),
  ...later(
    'telegram_bot_token telegram_bot_token_file mattermost_webhook_url wechat_api_secret_file',
    '0.31',
  ),
}

const texts = dictionary(text)
const patterns = dictionary(regexp)

const route: Fields = {
  receiver: field(text),
  group_by: field(list(text)),
  continue: field(flag),
  match: field(texts),
  match_re: field(patterns),
  matchers: field(list(text)),
  ...all('group_wait group_interval repeat_interval', duration),
  mute_time_intervals: field(list(text)),
  active_time_intervals: field(list(text), { since: '0.24' }),
}

/** Routes hold routes; a description of ten floors is deeper than any real tree. */
function routeShape(floors: number): Shape {
  return fields({ ...route, routes: field(list(floors === 0 ? any : routeShape(floors - 1))) })
}

const inhibition: Fields = {
  name: field(text, { since: '0.32' }),
  source_match: field(texts),
  source_match_re: field(patterns),
  source_matchers: field(list(text)),
  target_match: field(texts),
  target_match_re: field(patterns),
  target_matchers: field(list(text)),
  equal: field(list(text)),
}

const timeInterval: Fields = {
  times: field(
    list(
      fields({ start_time: field(clock, { required: true }), end_time: field(clock, { required: true }) }),
    ),
  ),
  weekdays: field(list(weekday)),
  days_of_month: field(list(dayOfMonth)),
  months: field(list(month)),
  years: field(list(year)),
  location: field(timeZone, { since: '0.25' }),
}

const namedIntervals = list(
  fields({ name: field(text, { required: true }), time_intervals: field(list(fields(timeInterval))) }),
)

/** alertmanager.yml. */
export const alertmanagerShape: Shape = fields({
  global: field(fields(global)),
  templates: field(list(text)),
  route: field(routeShape(10), { required: true }),
  inhibit_rules: field(list(fields(inhibition))),
  receivers: field(list(receiverShape)),
  mute_time_intervals: field(namedIntervals),
  time_intervals: field(namedIntervals, { since: '0.24' }),
  tracing: field(any, { since: '0.30' }),
})
