import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type CertificateName, certificateFile, clientOptions, keyFile } from './certificates.js'
import { OpenedEndpoint, testFile } from './opened-endpoint.js'

const files = (name: 'server' | 'renewed') =>
  `tls_server_config:\n  cert_file: ${certificateFile(name)}\n  key_file: ${keyFile(name)}\n`
const serving = files('server')
const authority = `  client_ca_file: ${certificateFile('authority')}\n`

const openTls = (more = '') =>
  OpenedEndpoint.open({ webConfigFile: testFile('web.yml', serving + more).path })

/** A TLS connection that has shaken hands; rejects where there is no common ground. */
async function handshake(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', ...clientOptions(), ...options })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'secureConnect')
  return socket
}

describe('HTTPS', () => {
  test('is what is spoken where a certificate is given, and plain HTTP gets nothing', async () => {
    const opened = await openTls()
    expect(opened.endpoint.address).toMatchObject({ secure: true })
    const answer = await opened.ask('/metrics', { tls: clientOptions() })
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('\na_total 2\n')
    await expect(opened.ask()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(
      await opened.sample('telltale_endpoint_rejections_total{reason="tls"}', { tls: clientOptions() }),
    ).toBe(1)
  })

  test('is TLS 1.2 and 1.3 unless the file says otherwise', async () => {
    const { port } = await openTls()
    expect((await handshake(port)).getProtocol()).toBe('TLSv1.3')
    expect((await handshake(port, { maxVersion: 'TLSv1.2' })).getProtocol()).toBe('TLSv1.2')
    await expect(handshake(port, { maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })).rejects.toThrow()
  })

  test.each([
    ['min_version: TLS13', { maxVersion: 'TLSv1.2' } as const],
    ['max_version: TLS12', { minVersion: 'TLSv1.3' } as const],
    [
      'cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]',
      { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' } as const,
    ],
    ['curve_preferences: [CurveP384]', { ecdhCurve: 'X25519' } as const],
  ])('with %s, a client that cannot do so is turned away', async (line, options) => {
    const { port } = await openTls(`  ${line}\n`)
    await expect(handshake(port, options)).rejects.toThrow()
    await handshake(port)
  })

  test('a cipher suite that is asked for is used, and TLS 1.3 stays possible', async () => {
    const { port } = await openTls('  cipher_suites:\n    - TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256\n')
    expect((await handshake(port, { maxVersion: 'TLSv1.2' })).getCipher().name).toBe(
      'ECDHE-ECDSA-CHACHA20-POLY1305',
    )
    expect((await handshake(port)).getProtocol()).toBe('TLSv1.3')
  })

  test('certificate and key may stand in the file itself, and paths may start at its folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'telltale-tls-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    copyFileSync(certificateFile('server'), join(folder, 'here.pem'))
    copyFileSync(keyFile('server'), join(folder, 'here.key'))
    const webConfigFile = join(folder, 'web.yml')
    writeFileSync(webConfigFile, 'tls_server_config:\n  cert_file: here.pem\n  key_file: here.key\n')
    const opened = await OpenedEndpoint.open({ webConfigFile })
    expect((await opened.ask('/metrics', { tls: clientOptions() })).status).toBe(200)
  })
})

describe('certificates of clients', () => {
  const types: [type: string, none: number, known: number, unknown: number, authority: boolean][] = [
    ['NoClientCert', 200, 200, 200, false],
    ['RequestClientCert', 200, 200, 200, false],
    ['RequireAnyClientCert', 403, 200, 200, false],
    ['VerifyClientCertIfGiven', 200, 200, 403, true],
    ['RequireAndVerifyClientCert', 403, 200, 403, true],
  ]

  test.each(types)(
    '%s: without one %i, with a known one %i, with a stranger’s %i',
    async (type, none, known, unknown, hasAuthority) => {
      const opened = await openTls(`  client_auth_type: ${type}\n${hasAuthority ? authority : ''}`)
      const ask = async (name?: 'scraper' | 'stranger') =>
        (await opened.ask('/metrics', { tls: clientOptions(name) })).status
      expect([await ask(), await ask('scraper'), await ask('stranger')]).toEqual([none, known, unknown])
      expect((await opened.ask('/-/healthy', { tls: clientOptions() })).status).toBe(200)
    },
  )

  test('who is turned away is told why, and is counted', async () => {
    const opened = await openTls(`  client_auth_type: RequireAndVerifyClientCert\n${authority}`)
    expect((await opened.ask('/metrics', { tls: clientOptions() })).body).toContain(
      'need a client certificate',
    )
    expect((await opened.ask('/metrics', { tls: clientOptions('stranger') })).body).toContain(
      'is not one that is accepted',
    )
    const reason = 'telltale_endpoint_rejections_total{reason="client_certificate"}'
    expect(await opened.sample(reason, { tls: clientOptions('scraper') })).toBe(2)
  })

  test('a resumed session counts as the certificate that it began with', async () => {
    const opened = await openTls(
      `  client_auth_type: RequireAndVerifyClientCert\n${authority}  max_version: TLS12\n`,
    )
    for (const [name, status] of [
      ['scraper', 200],
      ['stranger', 403],
    ] as const) {
      const agent = new Agent({ ...clientOptions(name), maxCachedSessions: 10 })
      const tls = { ...clientOptions(name), agent }
      for (let i = 0; i < 3; i++) expect((await opened.ask('/metrics', { tls })).status).toBe(status)
    }
  })

  test('only those with one of the allowed names are answered where there is a list', async () => {
    const ask = async (name: string) => {
      const list = `  client_auth_type: RequireAndVerifyClientCert\n  client_allowed_sans: [${name}]\n`
      const opened = await openTls(list + authority)
      return (await opened.ask('/metrics', { tls: clientOptions('scraper') })).status
    }
    expect(await ask('scraper.example')).toBe(200)
    expect(await ask('other.example')).toBe(403)
    expect(await ask('DNS:scraper.example')).toBe(403)
  })
})

describe('while it runs', () => {
  test('a renewed certificate is used for the next connection', async () => {
    const file = testFile('web.yml', serving)
    const opened = await OpenedEndpoint.open({ webConfigFile: file.path })
    const names = async () => (await handshake(opened.port)).getPeerX509Certificate()?.subjectAltName
    expect(await names()).not.toContain('renewed.example')
    file.write(files('renewed'))
    expect(await names()).toContain('renewed.example')
    expect(opened.warnings).toEqual([])
  })

  test('a certificate and its key that are replaced one after the other are used when both are there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'telltale-tls-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const put = (name: CertificateName & ('server' | 'renewed'), ...what: ('pem' | 'key')[]) => {
      for (const kind of what)
        copyFileSync(kind === 'pem' ? certificateFile(name) : keyFile(name), join(folder, kind))
    }
    put('server', 'pem', 'key')
    const webConfigFile = join(folder, 'web.yml')
    writeFileSync(webConfigFile, 'tls_server_config:\n  cert_file: pem\n  key_file: key\n')
    const opened = await OpenedEndpoint.open({ webConfigFile })
    const names = async () => (await handshake(opened.port)).getPeerX509Certificate()?.subjectAltName
    put('renewed', 'pem')
    expect(await names()).not.toContain('renewed.example')
    expect(opened.warnings).toEqual([expect.stringMatching(/cannot be used together.*stays in use/)])
    put('renewed', 'key')
    expect(await names()).toContain('renewed.example')
    expect(opened.warnings).toHaveLength(1)
  })

  test('a broken file leaves what was before, with one clear warning and a metric, until it is mended', async () => {
    const file = testFile('web.yml', serving)
    const opened = await OpenedEndpoint.open({ webConfigFile: file.path })
    const tls = clientOptions()
    const good = () => opened.sample('telltale_web_config_last_reload_successful', { tls })
    expect(await good()).toBe(1)
    file.write(`${serving}  cert_file: twice\n`)
    expect([await good(), await good(), await good()]).toEqual([0, 0, 0])
    expect(opened.warnings).toEqual([
      expect.stringMatching(/web\.yml: not valid YAML: line 4, column 3: duplicate key\..*stays in use/),
    ])
    rmSync(file.path)
    expect(await good()).toBe(0)
    file.write(files('renewed'))
    expect(await good()).toBe(1)
    expect(opened.warnings).toHaveLength(2)
  })

  test.each([
    [
      'TLS cannot be turned off',
      serving,
      'basic_auth_users: {}\n',
      /TLS was turned on or off, which needs a restart/,
    ],
    [
      'clients cannot begin to be asked for certificates',
      serving,
      `${serving}  client_auth_type: RequireAnyClientCert\n`,
      /asked for certificates has changed, which needs a restart/,
    ],
  ])('%s, and a warning says so', async (_, before, after, warning) => {
    const file = testFile('web.yml', before)
    const opened = await OpenedEndpoint.open({ webConfigFile: file.path })
    file.write(after)
    expect((await opened.ask('/metrics', { tls: clientOptions() })).status).toBe(200)
    expect(opened.warnings).toEqual([expect.stringMatching(warning)])
  })

  test('a connection from before a change is not kept', async () => {
    const file = testFile('web.yml', serving)
    const opened = await OpenedEndpoint.open({ webConfigFile: file.path })
    const socket = await handshake(opened.port)
    const ask = async () => {
      socket.write('GET /-/healthy HTTP/1.1\r\nHost: localhost\r\n\r\n')
      const [answer] = (await once(socket, 'data')) as [Buffer]
      return answer.toString()
    }
    expect(await ask()).toContain('Connection: keep-alive')
    file.write(files('renewed'))
    expect(await ask()).toContain('Connection: close')
    await once(socket, 'close')
  })
})

test('the headers of the file are on every answer', async () => {
  const headers =
    'http_server_config:\n  headers:\n    X-Frame-Options: deny\n    Strict-Transport-Security: max-age=60\n'
  const opened = await openTls(headers)
  for (const path of ['/metrics', '/-/healthy', '/nothing']) {
    expect((await opened.ask(path, { tls: clientOptions() })).headers).toMatchObject({
      'x-frame-options': 'deny',
      'strict-transport-security': 'max-age=60',
    })
  }
})

test('requests that come faster than the file permits get status 429', async () => {
  const rate = 'rate_limit:\n  interval: 1h\n  burst: 2\n'
  const opened = await OpenedEndpoint.open({ webConfigFile: testFile('web.yml', rate).path })
  const statuses = [await opened.ask(), await opened.ask(), await opened.ask()].map((answer) => answer.status)
  expect(statuses).toEqual([200, 200, 429])
})
