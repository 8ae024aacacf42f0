import { certificateFile, keyFile } from '../certificates.js'

const pair = `cert_file: ${certificateFile('server')}, key_file: ${keyFile('server')}`
const tls = (more: string) => `tls_server_config: { ${pair}, ${more} }\n`

/** A hash of a cheap cost, of no password that anybody uses. */
export const someHash = '$2y$04$abcdefghijklmnopqrstuuN0j6Dgp1qFkJsNTkY1eQUWm8b5Jq8Pi'

/** Web-config files that cannot be used, and what is said of them. */
export const faultyFiles: readonly (readonly [content: string, message: RegExp])[] = [
  ['a: [', /not valid YAML: line \d+, column \d+/],
  ['a: 1\na: 2\n', /line 2, column 1: duplicate key/],
  ['a: *b\n', /an alias names nothing/],
  ['- a\n', /: expected a map of fields/],
  ['tls_server: {}\n', /got a field "tls_server" that is not known, expected some of tls_server_config, /],
  ['tls_server_config: text\n', /tls_server_config: expected a map of fields/],
  [
    'tls_server_config: { cert_file: /nowhere.pem }\n',
    /tls_server_config\.cert_file: \/nowhere\.pem cannot be read \(ENOENT\)/,
  ],
  [`tls_server_config: { cert_file: ${certificateFile('server')} }\n`, /key_file: expected a file, got none/],
  ['tls_server_config: { client_auth_type: NoClientCert }\n', /cert_file: expected a file, got none/],
  [
    `tls_server_config: { cert_file: ${certificateFile('renewed')}, key_file: ${keyFile('server')} }\n`,
    /cannot be used together \(\w+\)/,
  ],
  [tls('cert: text'), /tls_server_config\.cert: expected either this or cert_file/],
  [tls('client_auth_type: Always'), /client_auth_type: got "Always", expected one of NoClientCert, /],
  [
    tls('client_auth_type: RequireAndVerifyClientCert'),
    /client_ca_file: expected the authority of the client/,
  ],
  [tls(`client_ca_file: ${certificateFile('authority')}`), /client_auth_type: expected one that asks/],
  [
    tls(`client_ca_file: ${keyFile('server')}, client_auth_type: VerifyClientCertIfGiven`),
    /client_ca_file: expected certificates in PEM/,
  ],
  [tls('client_allowed_sans: [a]'), /client_allowed_sans: expected client_auth_type Require/],
  [tls('min_version: TLS14'), /min_version: got "TLS14", expected one of TLS10, TLS11, TLS12, TLS13/],
  [tls('min_version: TLS13, max_version: TLS12'), /max_version: expected TLSv1.3 or later, got TLSv1.2/],
  [tls('cipher_suites: TLS_AES_128_GCM_SHA256'), /cipher_suites: expected a list of texts/],
  [tls('cipher_suites: [RC4]'), /cipher_suites: got "RC4"/],
  [tls('curve_preferences: [Curve25519]'), /curve_preferences: got "Curve25519", expected one of CurveP256/],
  [tls('prefer_server_cipher_suites: perhaps'), /prefer_server_cipher_suites: expected true or false/],
  ['http_server_config: { headers: { X-Powered-By: me } }\n', /got a field "X-Powered-By" that is not known/],
  [
    'http_server_config: { headers: { X-Frame-Options: allow } }\n',
    /X-Frame-Options: expected deny or sameorigin/,
  ],
  [
    'http_server_config: { headers: { Content-Security-Policy: "a\\nb" } }\n',
    /expected printable ASCII on one line/,
  ],
  [
    'basic_auth_users: { alice: secret }\n',
    /basic_auth_users: user 1 of 1 has no bcrypt hash\. Make one with: htpasswd/,
  ],
  [
    `basic_auth_users: { alice: ${someHash.replace('$04$', '$20$')} }\n`,
    /user 1 of 1 has a bcrypt hash of cost 20, expected 4 to 16/,
  ],
  ['rate_limit: { interval: often }\n', /rate_limit\.interval: expected a duration such as 1s/],
  ['rate_limit: { interval: 1s, burst: 1.5 }\n', /rate_limit\.burst: expected a whole number/],
]

/** Web-config files that can be used. */
export const goodFiles: readonly string[] = [
  '',
  '# nothing\n',
  'tls_server_config:\nhttp_server_config:\nbasic_auth_users:\n',
  tls('min_version: TLS12'),
  tls('cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256], prefer_server_cipher_suites: false'),
  tls('curve_preferences: [X25519, CurveP256]'),
  ...[
    'RequestClientCert',
    'RequireAnyClientCert',
    'VerifyClientCertIfGiven',
    'RequireAndVerifyClientCert',
  ].map((type) => tls(`client_auth_type: ${type}, client_ca_file: ${certificateFile('authority')}`)),
  'http_server_config: { http2: false, headers: { X-Content-Type-Options: nosniff, X-XSS-Protection: 0 } }\n',
  `basic_auth_users:\n  alice: ${someHash}\n  "bob": '${someHash}'\n`,
]
