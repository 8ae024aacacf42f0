import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { hashSync } from 'bcryptjs'
import { describe, expect, test, vi } from 'vitest'
import { Endpoint } from '../../src/serve/endpoint.js'
import { basic, OpenedEndpoint, oneCounter, testFile } from './opened-endpoint.js'

const TOKEN = 'c2VjcmV0LXRva2Vu.~+/_-=='
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
const login = (user: string, password: string) => ({ headers: { authorization: basic(user, password) } })
const rejections = (reason: string) => `telltale_endpoint_rejections_total{reason="${reason}"}`

/** A web-config file with these users; the hashes are cheap, for the tests' sake. */
function users(passwords: Readonly<Record<string, string>>, cost = 4): string {
  const rows = Object.entries(passwords).map(([user, password]) => `  ${user}: ${hashSync(password, cost)}\n`)
  return `basic_auth_users:\n${rows.join('')}`
}

describe('a bearer token', () => {
  test('opens every page to who has it, and none to others', async () => {
    const opened = await OpenedEndpoint.open({ bearerToken: TOKEN, reset: true })
    for (const [path, method] of [
      ['/metrics'],
      ['/'],
      ['/health'],
      ['/metrics/stats'],
      ['/metrics/reset', 'POST'],
      ['/x'],
    ]) {
      const asked = { method: method ?? 'GET' }
      const refused = await opened.ask(path, asked)
      expect(refused.status).toBe(401)
      expect(refused.headers['www-authenticate']).toBe('Bearer')
      expect((await opened.ask(path, { ...asked, ...bearer(TOKEN) })).status).toBe(path === '/x' ? 404 : 200)
    }
  })

  test.each([
    'Bearer',
    'Bearer ',
    `Bearer ${TOKEN}x`,
    `Bearer x${TOKEN}`,
    `Bearer ${TOKEN.slice(0, -1)}`,
    `Bearer ${TOKEN.toUpperCase()}`,
    `Basic ${TOKEN}`,
    TOKEN,
    `Bearer ${TOKEN} ${TOKEN}`,
    `Bearer ${'x'.repeat(10_000)}`,
    basic('', TOKEN),
  ])('%.40s is not the token', async (authorization) => {
    const opened = await OpenedEndpoint.open({ bearerToken: TOKEN })
    expect((await opened.ask('/metrics', { headers: { authorization } })).status).toBe(401)
  })

  test('the scheme may be written in any case', async () => {
    const opened = await OpenedEndpoint.open({ bearerToken: TOKEN })
    expect((await opened.ask('/metrics', { headers: { authorization: `bearer ${TOKEN}` } })).status).toBe(200)
  })

  test('from a file is read again when the file changes, and scrapes go on over its replacement', async () => {
    const file = testFile('token', `${TOKEN}\n`)
    const opened = await OpenedEndpoint.open({ bearerTokenFile: file.path })
    expect((await opened.ask('/metrics', bearer(TOKEN))).status).toBe(200)
    writeFileSync(`${file.path}.new`, 'other-token')
    renameSync(`${file.path}.new`, file.path)
    expect((await opened.ask('/metrics', bearer(TOKEN))).status).toBe(401)
    expect((await opened.ask('/metrics', bearer('other-token'))).status).toBe(200)
    expect(opened.warnings).toEqual([])
  })

  test('that vanishes from its file, or is broken there, stays what it was, with one warning', async () => {
    const file = testFile('token', TOKEN)
    const opened = await OpenedEndpoint.open({ bearerTokenFile: file.path })
    rmSync(file.path)
    for (let i = 0; i < 3; i++) expect((await opened.ask('/metrics', bearer(TOKEN))).status).toBe(200)
    expect(opened.warnings).toEqual([expect.stringMatching(/cannot be read \(ENOENT\).*stays in use/)])
    file.write('hunter2 and more')
    expect((await opened.ask('/metrics', bearer(TOKEN))).status).toBe(200)
    expect(opened.warnings).toHaveLength(2)
    expect(opened.warnings.join()).not.toContain('hunter2')
    const asked = bearer(TOKEN)
    expect(await opened.sample('telltale_web_config_last_reload_successful', asked)).toBe(0)
    expect(await opened.sample('telltale_web_config_reloads_total{result="failure"}', asked)).toBe(2)
  })

  test.each(['', 'with space', 'quo"te', 'zeile\n', 42 as never])(
    'that no header can carry is refused before anything is opened (%j)',
    async (bearerToken) => {
      const settings = {
        port: 0,
        host: '127.0.0.1',
        cors: false,
        reset: false,
        selfMetrics: true,
        bearerToken,
      }
      const error: Error = await new Endpoint(oneCounter(), settings).open().catch((reason) => reason)
      expect(error).toMatchObject({ code: 'TELLTALE_OPTION' })
      expect(error.message).toContain('openssl rand -hex 32')
      expect(error.message).not.toContain('te\n')
    },
  )

  test('a missing file is an error at the start, not an endpoint without a token', async () => {
    const settings = { port: 0, host: '127.0.0.1', cors: false, reset: false, selfMetrics: true }
    const endpoint = new Endpoint(oneCounter(), { ...settings, bearerTokenFile: '/nowhere/token' })
    await expect(endpoint.open()).rejects.toMatchObject({ code: 'TELLTALE_WEB_CONFIG' })
    expect(endpoint.address).toBeUndefined()
  })

  test('wrong ones at speed are refused one by one, and the right one is answered meanwhile', async () => {
    const opened = await OpenedEndpoint.open({ bearerToken: TOKEN })
    const wrong = Array.from({ length: 300 }, (_, i) => opened.ask('/metrics', bearer(`wrong${i}`)))
    const right = await opened.ask('/metrics', bearer(TOKEN))
    expect(right.status).toBe(200)
    expect(new Set((await Promise.all(wrong)).map((answer) => answer.status))).toEqual(new Set([401]))
    expect(await opened.sample(rejections('credentials'), bearer(TOKEN))).toBe(300)
    expect(await opened.sample('telltale_scrapes_total{code="401"}', bearer(TOKEN))).toBe(300)
  })
})

describe('users with passwords', () => {
  test('are answered with the right password only', async () => {
    const webConfigFile = testFile('web.yml', users({ alice: 'wonder: land', bob: 'pässword' })).path
    const opened = await OpenedEndpoint.open({ webConfigFile })
    expect((await opened.ask('/metrics', login('alice', 'wonder: land'))).status).toBe(200)
    expect((await opened.ask('/metrics', login('bob', 'pässword'))).status).toBe(200)
    const wrong: [string, string][] = [
      ['alice', 'pässword'],
      ['bob', ''],
      ['nobody', 'wonder: land'],
      ['__proto__', 'x'],
    ]
    for (const [user, password] of wrong) {
      const answer = await opened.ask('/metrics', login(user, password))
      expect(answer.status).toBe(401)
      expect(answer.headers['www-authenticate']).toBe('Basic realm="metrics"')
    }
    expect((await opened.ask()).status).toBe(401)
    expect((await opened.ask('/metrics', { headers: { authorization: 'Basic bm9jb2xvbg==' } })).status).toBe(
      401,
    )
  })

  test('a token opens beside them', async () => {
    const webConfigFile = testFile('web.yml', users({ alice: 'wonderland' })).path
    const opened = await OpenedEndpoint.open({ webConfigFile, bearerToken: TOKEN })
    expect((await opened.ask('/metrics', bearer(TOKEN))).status).toBe(200)
    expect((await opened.ask('/metrics', login('alice', 'wonderland'))).status).toBe(200)
    expect((await opened.ask()).headers['www-authenticate']).toBe('Bearer, Basic realm="metrics"')
  })

  test('a password that was right costs bcrypt once, not once for each scrape', async () => {
    const webConfigFile = testFile('web.yml', users({ alice: 'wonderland' }, 12)).path
    const opened = await OpenedEndpoint.open({ webConfigFile })
    const times: number[] = []
    for (let i = 0; i < 6; i++) {
      const start = performance.now()
      expect((await opened.ask('/metrics', login('alice', 'wonderland'))).status).toBe(200)
      times.push(performance.now() - start)
    }
    expect(Math.min(...times.slice(1))).toBeLessThan(times[0]! / 3)
  })

  test('wrong ones at speed do not eat the processor: five are checked, the others are told to wait', async () => {
    const webConfigFile = testFile('web.yml', users({ alice: 'wonderland' }, 8)).path
    const opened = await OpenedEndpoint.open({ webConfigFile })
    const asked = login('alice', 'wonderland')
    expect((await opened.ask('/metrics', asked)).status).toBe(200)
    const started = performance.now()
    const wrong = Array.from({ length: 200 }, (_, i) => opened.ask('/metrics', login('alice', `wrong${i}`)))
    const statuses = (await Promise.all(wrong)).map((answer) => answer.status)
    const checked = statuses.filter((status) => status === 401).length
    expect(checked).toBeGreaterThanOrEqual(5)
    // One more for each second that the others took.
    expect(checked).toBeLessThanOrEqual(6 + (performance.now() - started) / 1000)
    expect(statuses.filter((status) => status === 429)).toHaveLength(200 - checked)
    expect((await opened.ask('/metrics', asked)).status).toBe(200)
    expect(await opened.sample(rejections('attempts'), asked)).toBe(200 - checked)
    const limited = await vi.waitFor(async () => {
      const again = Array.from({ length: 20 }, (_, i) => opened.ask('/metrics', login('alice', `again${i}`)))
      const refused = (await Promise.all(again)).find(({ status }) => status === 429)
      expect(refused).toBeDefined()
      return refused
    })
    expect(limited?.headers['retry-after']).toBe('1')
  })

  test('a password of before is wrong as soon as the file has another', async () => {
    const file = testFile('web.yml', users({ alice: 'first' }))
    const opened = await OpenedEndpoint.open({ webConfigFile: file.path })
    expect((await opened.ask('/metrics', login('alice', 'first'))).status).toBe(200)
    file.write(users({ alice: 'second' }))
    expect((await opened.ask('/metrics', login('alice', 'first'))).status).toBe(401)
    expect((await opened.ask('/metrics', login('alice', 'second'))).status).toBe(200)
    expect(
      await opened.sample('telltale_web_config_reloads_total{result="success"}', login('alice', 'second')),
    ).toBe(1)
  })
})

test('a file that is empty, as it is for a moment when it is written, does not open the metrics', async () => {
  const file = testFile('web.yml', users({ alice: 'wonderland' }))
  const opened = await OpenedEndpoint.open({ webConfigFile: file.path })
  for (const content of ['', ' \n']) {
    file.write(content)
    expect((await opened.ask()).status).toBe(401)
    expect((await opened.ask('/metrics', login('alice', 'wonderland'))).status).toBe(200)
  }
  expect(opened.warnings[0]).toMatch(/the file is empty, .*stays in use/)
})

test('who leaves while the password is checked holds no place', async () => {
  const webConfigFile = testFile('web.yml', users({ alice: 'wonderland' }, 9)).path
  const opened = await OpenedEndpoint.open({ webConfigFile, limits: { scrapes: 1 } })
  const head = `GET /metrics HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${basic('alice', 'wonderland')}\r\n\r\n`
  const leaving = await Promise.all(Array.from({ length: 5 }, () => opened.connect(head)))
  for (const socket of leaving) socket.destroy()
  expect((await opened.ask('/metrics', login('alice', 'wonderland'))).status).toBe(200)
  expect(await opened.sample('telltale_scrapes_in_flight', login('alice', 'wonderland'))).toBe(1)
})

test('no token or password is in a log, a warning, a page or an error', async () => {
  const file = testFile('web.yml', users({ alice: 'hunter2-right' }))
  const opened = await OpenedEndpoint.open({ webConfigFile: file.path, bearerToken: 'hunter2-token' })
  const hash = /\$2b\S+/.exec(users({ alice: 'hunter2-right' }))![0]
  const answers = [
    await opened.ask('/metrics?token=hunter2-query', bearer('hunter2-token')),
    await opened.ask('/metrics', bearer('hunter2-wrong')),
    await opened.ask('/metrics', login('alice', 'hunter2-right')),
    await opened.ask('/metrics', login('alice', 'hunter2-wrong')),
  ]
  const broken = [
    'basic_auth_users: [hunter2',
    'basic_auth_users:\n  alice: hunter2-plain\n',
    'basic_auth_users:\n  hunter2: alice\n',
    `basic_auth_users:\n  alice: "${hash}\n   x: hunter2`,
    'tls_server_config:\n  key: hunter2\n  cert: hunter2\n',
    'rate_limit:\n  interval: hunter2\n',
    'basic_auth_users: hunter2',
    '- hunter2',
    'a: *hunter2',
    'http_server_config:\n  headers:\n    X-Frame-Options: hunter2\n',
  ]
  for (const content of broken) {
    file.write(content)
    answers.push(await opened.ask('/metrics', bearer('hunter2-token')))
  }
  expect(opened.warnings).toHaveLength(broken.length)
  const said = [
    ...answers.flatMap(({ body, headers }) => [body, JSON.stringify(headers)]),
    ...opened.log,
    ...opened.warnings,
  ]
  expect(said.join('\n')).not.toMatch(/hunter2|\$2b/)
  expect(opened.log).toHaveLength(answers.length)
})
