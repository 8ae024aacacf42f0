import { httpClient } from '../config/http-client-shape.js'
import {
  all,
  any,
  dictionary,
  type Field,
  type Fields,
  field,
  fields,
  flag,
  list,
  type Shape,
  text,
} from '../schema/shape.js'
import { duration, wholeNumber } from '../schema/text-shapes.js'

/** The versions in the shared description of HTTP clients are those of Prometheus: here every field is taken. */
const client: Shape = fields(withoutVersions(httpClient))

function withoutVersions(of: Fields): Fields {
  return Object.fromEntries(Object.entries(of).map(([name, { shape }]) => [name, field(anyVersion(shape))]))
}

function anyVersion(shape: Shape): Shape {
  return shape.kind === 'fields' ? fields(withoutVersions(shape.fields)) : shape
}

const common: Fields = { send_resolved: field(flag), http_config: field(client) }
const later = (since: string): Field => field(text, { since })

/** An integration of receivers: its fields, and the first version that has it. */
const integrations: Readonly<Record<string, { readonly fields: Fields; readonly since?: string }>> = {
  webhook_configs: {
    fields: {
      ...common,
      url: field(text),
      url_file: later('0.26'),
      max_alerts: field(wholeNumber),
      timeout: field(duration, { since: '0.28' }),
      payload: field(any, { since: '0.31' }),
    },
  },
  email_configs: {
    fields: {
      send_resolved: field(flag),
      ...all(
        'from hello smarthost auth_username auth_password auth_password_file auth_secret auth_identity html text',
        text,
      ),
      to: field(text, { required: true }),
      headers: field(dictionary(text)),
      require_tls: field(flag),
      tls_config: field(any),
      auth_secret_file: later('0.31'),
      threading: field(any, { since: '0.29' }),
    },
  },
  slack_configs: {
    fields: {
      ...common,
      ...all(
        `api_url api_url_file channel username color title title_link pretext text footer fallback callback_id icon_emoji
        icon_url image_url thumb_url`,
        text,
      ),
      ...all('short_fields link_names', flag),
      ...all('fields actions mrkdwn_in', list(any)),
      app_token: later('0.29'),
      app_token_file: later('0.29'),
      app_url: later('0.29'),
      timeout: field(duration, { since: '0.29' }),
      message_text: later('0.30'),
    },
  },
  pagerduty_configs: {
    fields: {
      ...common,
      ...all(
        `service_key service_key_file routing_key routing_key_file url client client_url description source severity class
        component group`,
        text,
      ),
      details: field(dictionary(any)),
      ...all('images links', list(any)),
      timeout: field(duration, { since: '0.30' }),
    },
  },
  opsgenie_configs: {
    fields: {
      ...common,
      ...all(
        'api_key api_key_file api_url message description source entity actions tags note priority',
        text,
      ),
      details: field(dictionary(text)),
      responders: field(list(any)),
      update_alerts: field(flag),
    },
  },
  victorops_configs: {
    fields: {
      ...common,
      ...all(
        'api_key api_key_file api_url routing_key message_type state_message entity_display_name monitoring_tool',
        text,
      ),
      custom_fields: field(dictionary(text)),
    },
  },
  pushover_configs: {
    fields: {
      ...common,
      ...all('user_key token title message url url_title sound priority', text),
      ...all('retry expire', duration),
      html: field(flag),
      user_key_file: later('0.26'),
      token_file: later('0.26'),
      device: later('0.26'),
      ttl: field(duration, { since: '0.27' }),
      monospace: field(flag, { since: '0.29' }),
    },
  },
  wechat_configs: {
    fields: {
      ...common,
      ...all('api_secret corp_id message api_url to_user to_party to_tag agent_id message_type', text),
      api_secret_file: later('0.31'),
    },
  },
  sns_configs: {
    fields: {
      ...common,
      ...all('api_url topic_arn phone_number target_arn subject message', text),
      sigv4: field(any),
      attributes: field(dictionary(text)),
    },
  },
  telegram_configs: {
    fields: {
      ...common,
      ...all('api_url bot_token message parse_mode', text),
      chat_id: field(wholeNumber),
      disable_notifications: field(flag),
      bot_token_file: later('0.26'),
      message_thread_id: field(wholeNumber, { since: '0.27' }),
      chat_id_file: later('0.31'),
    },
  },
  discord_configs: {
    fields: {
      ...common,
      ...all('webhook_url title message', text),
      ...Object.fromEntries(
        'webhook_url_file content username avatar_url'.split(' ').map((name) => [name, later('0.28')]),
      ),
    },
    since: '0.25',
  },
  webex_configs: { fields: { ...common, ...all('api_url room_id message', text) }, since: '0.25' },
  msteams_configs: {
    fields: { ...common, ...all('webhook_url webhook_url_file title summary text', text) },
    since: '0.26',
  },
  msteamsv2_configs: {
    fields: { ...common, ...all('webhook_url webhook_url_file title text', text) },
    since: '0.28',
  },
  jira_configs: { fields: common, since: '0.28' },
  rocketchat_configs: { fields: common, since: '0.28' },
  incidentio_configs: { fields: common, since: '0.29' },
  mattermost_configs: { fields: common, since: '0.30' },
}

/** The names of the integrations. */
export const integrationNames: readonly string[] = Object.keys(integrations)

/** A receiver. Integrations that are newer than most servers are known by their names. */
export const receiverShape: Shape = fields({
  name: field(text, { required: true }),
  ...Object.fromEntries(
    Object.entries(integrations).map(([name, { fields: own, since }]) => {
      const shape = list(own === common ? any : fields(own))
      return [name, since === undefined ? field(shape) : field(shape, { since })]
    }),
  ),
})

/** The HTTP settings under global. */
export const clientShape = client
