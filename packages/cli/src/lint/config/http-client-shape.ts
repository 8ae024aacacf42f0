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
import { duration, number, oneOf, regexp, wholeNumber } from '../schema/text-shapes.js'

const tlsVersion = oneOf('TLS10', 'TLS11', 'TLS12', 'TLS13')

export const tls: Shape = fields({
  ...all('ca_file cert_file key_file server_name', text),
  insecure_skip_verify: field(flag),
  min_version: field(tlsVersion, { since: '2.35' }),
  max_version: field(tlsVersion, { since: '2.41' }),
  ca: field(text, { since: '2.48' }),
  cert: field(text, { since: '2.48' }),
  key: field(text, { since: '2.48' }),
  ca_ref: field(text, { since: '2.54' }),
  cert_ref: field(text, { since: '2.54' }),
  key_ref: field(text, { since: '2.54' }),
})

const proxy: Fields = {
  proxy_url: field(text),
  proxy_connect_header: field(dictionary(any), { since: '2.41' }),
  no_proxy: field(text, { since: '2.43' }),
  proxy_from_environment: field(flag, { since: '2.43' }),
}

/** What every part that calls over HTTP may say. */
export const httpClient: Fields = {
  basic_auth: field(
    fields({
      ...all('username password password_file', text),
      username_file: field(text, { since: '2.48' }),
      username_ref: field(text, { since: '2.54' }),
      password_ref: field(text, { since: '2.54' }),
    }),
  ),
  authorization: field(
    fields({
      ...all('type credentials credentials_file', text),
      credentials_ref: field(text, { since: '2.54' }),
    }),
  ),
  oauth2: field(
    fields({
      ...all('client_id client_secret client_secret_file token_url', text),
      client_secret_ref: field(text, { since: '2.54' }),
      scopes: field(list(text)),
      endpoint_params: field(dictionary(text)),
      tls_config: field(tls),
      ...proxy,
    }),
  ),
  bearer_token: field(text),
  bearer_token_file: field(text),
  tls_config: field(tls),
  follow_redirects: field(flag),
  enable_http2: field(flag),
  ...proxy,
  http_headers: field(dictionary(any), { since: '2.55' }),
}

const actions = [
  'replace',
  'keep',
  'drop',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
]

/** A list of relabelling rules. */
export const relabelings: Shape = list(
  fields({
    source_labels: field(list(text)),
    ...all('separator target_label replacement', text),
    regex: field(regexp),
    modulus: field(wholeNumber),
    action: field({ kind: 'text', check: (action) => oneOfActions(action.toLowerCase()) }),
  }),
)

function oneOfActions(action: string) {
  const known = [...actions, 'keepequal', 'dropequal']
  if (known.includes(action)) return undefined
  return { en: `one of ${known.join(', ')}`, ko: `${known.join(', ')} 가운데 하나` }
}

const discoveries = `azure aws consul digitalocean docker dockerswarm dns ec2 eureka gce hetzner ionos kubernetes kuma
  lightsail linode marathon nerve nomad openstack ovhcloud puppetdb scaleway serverset stackit triton uyuni vultr`

/** Ways to find targets. Those of clouds and clusters are known by their names only. */
export const discovery: Fields = {
  ...Object.fromEntries(discoveries.split(/\s+/).map((name) => [`${name}_sd_configs`, field(list(any))])),
  static_configs: field(list(fields({ targets: field(list(text)), labels: field(dictionary(text)) }))),
  file_sd_configs: field(
    list(fields({ files: field(list(text), { required: true }), refresh_interval: field(duration) })),
  ),
  http_sd_configs: field(
    list(fields({ url: field(text, { required: true }), refresh_interval: field(duration), ...httpClient })),
  ),
}

/** Limits of memory of queues. */
export const queue: Shape = fields({
  ...all('capacity max_shards min_shards max_samples_per_send', wholeNumber),
  ...all('batch_send_deadline min_backoff max_backoff', duration),
  retry_on_http_429: field(flag),
  sample_age_limit: field(duration, { since: '2.50' }),
  max_retries: field(number),
})
