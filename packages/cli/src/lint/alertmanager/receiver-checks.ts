import type { Finding } from '../../finding/index.js'
import { isAtLeast } from '../../promql/index.js'
import type { ConfigPart } from '../config/config-place.js'
import type { LintSettings } from '../subject.js'

/** Settings that an integration needs: any of the fields, or any of the global settings. */
interface Need {
  readonly fields: readonly string[]
  readonly global?: readonly string[]
}

const needs: Readonly<Record<string, readonly Need[]>> = {
  webhook_configs: [{ fields: ['url', 'url_file'] }],
  email_configs: [
    { fields: ['smarthost'], global: ['smtp_smarthost'] },
    { fields: ['from'], global: ['smtp_from'] },
  ],
  slack_configs: [
    {
      fields: ['api_url', 'api_url_file', 'app_token', 'app_token_file'],
      global: ['slack_api_url', 'slack_api_url_file', 'slack_app_token', 'slack_app_token_file'],
    },
  ],
  pagerduty_configs: [{ fields: ['routing_key', 'routing_key_file', 'service_key', 'service_key_file'] }],
  opsgenie_configs: [
    { fields: ['api_key', 'api_key_file'], global: ['opsgenie_api_key', 'opsgenie_api_key_file'] },
  ],
  victorops_configs: [
    { fields: ['api_key', 'api_key_file'], global: ['victorops_api_key', 'victorops_api_key_file'] },
    { fields: ['routing_key'] },
  ],
  pushover_configs: [{ fields: ['user_key', 'user_key_file'] }, { fields: ['token', 'token_file'] }],
  wechat_configs: [
    { fields: ['api_secret', 'api_secret_file'], global: ['wechat_api_secret', 'wechat_api_secret_file'] },
    { fields: ['corp_id'], global: ['wechat_api_corp_id'] },
  ],
  telegram_configs: [
    { fields: ['bot_token', 'bot_token_file'], global: ['telegram_bot_token', 'telegram_bot_token_file'] },
    { fields: ['chat_id', 'chat_id_file'] },
  ],
  discord_configs: [{ fields: ['webhook_url', 'webhook_url_file'] }],
  webex_configs: [{ fields: ['room_id'] }],
  msteams_configs: [{ fields: ['webhook_url', 'webhook_url_file'] }],
  msteamsv2_configs: [{ fields: ['webhook_url', 'webhook_url_file'] }],
  sns_configs: [{ fields: ['topic_arn', 'phone_number', 'target_arn'] }],
}

/** Global settings of which only one may be there. */
const exclusive = [
  ['slack_api_url', 'slack_api_url_file'],
  ['opsgenie_api_key', 'opsgenie_api_key_file'],
  ['victorops_api_key', 'victorops_api_key_file'],
  ['smtp_auth_password', 'smtp_auth_password_file'],
] as const

/** What is wrong with the receivers and with the global settings that they use. */
export function receiverFindings(whole: ConfigPart, settings: LintSettings): readonly Finding[] {
  const global = whole.part('global')
  const seen = new Set<string>()
  const receivers = whole
    .parts('receivers', (node) => node.text('name'))
    .flatMap((receiver) => {
      const name = receiver.node.text('name') ?? ''
      const twice = seen.has(name)
      seen.add(name)
      return [
        ...(twice ? [receiver.finding('alertmanager/duplicate-receiver', 'name', { receiver: name })] : []),
        ...Object.entries(needs).flatMap(([integration, wanted]) =>
          receiver
            .parts(integration)
            .flatMap((part) => integrationFindings(part, integration, wanted, global, settings)),
        ),
      ]
    })
  return [...(global === undefined ? [] : exclusive.flatMap((pair) => both(global, pair))), ...receivers]
}

function integrationFindings(
  part: ConfigPart,
  integration: string,
  wanted: readonly Need[],
  global: ConfigPart | undefined,
  { alertmanager }: LintSettings,
): readonly Finding[] {
  return wanted.flatMap(({ fields, global: settings = [] }) => {
    const present = fields.filter((field) => part.node.get(field) !== undefined)
    if (present.length === 0 && !settings.some((setting) => global?.node.get(setting) !== undefined)) {
      const values = { integration, field: fields[0]!, setting: settings[0] ?? fields[0]! }
      return [
        part.finding('alertmanager/missing-setting', fields[0]!, values, {
          subject: `${integration} ${fields[0]}`,
        }),
      ]
    }
    const [first, second] = present
    if (first === undefined || second === undefined || integration === 'sns_configs') return []
    // Of keys, older versions took both and used one.
    const pair = second === `${first}_file`
    if (!pair || (first === 'url' && !isAtLeast(alertmanager, '0.26'))) return []
    return both(part, [first, second])
  })
}

function both(part: ConfigPart, [first, second]: readonly [string, string]): readonly Finding[] {
  if (part.node.get(first) === undefined || part.node.get(second) === undefined) return []
  return [part.finding('alertmanager/both-settings', second, { first, second }, { subject: second })]
}
