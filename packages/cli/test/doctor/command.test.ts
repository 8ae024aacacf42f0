import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AnsweringServer } from '../../../../test/fixtures/broken-setups/answering-server.js'
import { writeSetup } from '../../../../test/fixtures/broken-setups/broken-setup.js'
import { freePort } from '../../../../test/support/free-ports.js'
import { run } from '../../src/doctor/command.js'
import { recordedTerminal } from './terminal-text.js'

let folder = ''
let metrics: AnsweringServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-doctor-command-'))
  metrics = await AnsweringServer.start()
  await metrics.showMetrics()
  const addresses = { METRICS: metrics.host, ALERTMANAGER: '127.0.0.1:9093', WEBHOOK: '127.0.0.1:5001' }
  await writeSetup(
    folder,
    {
      'alert_rules.yml': {
        replace: 'database_connections_active{state="active"} == 0',
        with: 'database_connections_active{state="active"',
      },
    },
    addresses,
  )
})

afterAll(async () => {
  await metrics.stop()
  await rm(folder, { recursive: true })
})

async function doctor(...args: readonly string[]) {
  const { terminal, text } = recordedTerminal()
  const code = await run([...args, '--language', args.includes('ko') ? 'ko' : 'en'], terminal)
  return { code, text: text() }
}

const files = () => [
  '--offline',
  '--config',
  join(folder, 'setup/prometheus.yml'),
  '--dashboards',
  join(folder, 'setup/dashboards'),
]

describe('telltale doctor', () => {
  test('explains itself', async () => {
    const { code, text } = await doctor('--help')
    expect(code).toBe(0)
    for (const piece of [
      '--prometheus URL',
      '--credentials FILE',
      '--baseline FILE',
      'Examples',
      'Exit code',
    ])
      expect(text).toContain(piece)
  })

  test('ends with 1, and tells place, fault and remedy', async () => {
    const { code, text } = await doctor(...files())
    expect(code).toBe(1)
    expect(text).toContain('✖ Alert rules are right and loaded')
    expect(text).toMatch(/setup\/alert_rules\.yml\n {2}\d+:\d+ {2}error {2}promql\//)
    expect(text).toMatch(/\n {4}→ /)
  })

  test('says what it could not look at, and how it could', async () => {
    const { text } = await doctor(...files())
    expect(text).toContain('Prometheus: left out by --offline')
    expect(text).toContain('Grafana: give its address with --grafana URL')
    expect(text).toContain('? Prometheus runs  could not be checked')
  })

  test('speaks Korean', async () => {
    const { text } = await doctor(...files(), '--language', 'ko')
    expect(text).toContain('✖ 알림 규칙이 올바르고 적용되었다')
    expect(text).toContain('확인하지 못함')
  })

  test('looks at what is asked for only', async () => {
    const { code, text } = await doctor(...files(), '--only', 'alerting,maintenance', '--no-coverage')
    expect(code).toBe(0)
    expect(text).not.toContain('Alert rules')
    expect(text).toContain('Alerts reach somebody')
    expect(text).toContain('Storage has a bound')
  })

  test('leaves out what is not wanted', async () => {
    const { code } = await doctor(...files(), '--skip', 'alert-rules')
    expect(code).toBe(0)
  })

  test('gives programs the findings, the checklist and the coverage of signals', async () => {
    const { text } = await doctor(
      ...files(),
      '--metrics',
      `http://${metrics.host}/metrics`,
      '--format',
      'json',
    )
    const { checklist, coverage, findings, missed } = JSON.parse(text)
    expect(checklist).toHaveLength(16)
    expect(checklist.find(({ item }: { item: string }) => item === 'alert-rules').status).toBe('error')
    expect(coverage.find(({ signal }: { signal: string }) => signal === 'http-requests')).toMatchObject({
      exposed: 'yes',
      recorded: 'unknown',
      alerted: 'yes',
      dashboard: 'yes',
    })
    expect(findings[0]).toMatchObject({ severity: 'error', where: { kind: 'file' } })
    expect(missed.length).toBeGreaterThan(0)
  })

  test.each(['junit', 'sarif', 'github'])('writes %s', async (format) => {
    const { text } = await doctor(...files(), '--format', format)
    expect(text).toContain('alert_rules.yml')
  })

  test('accepts what the baseline knows, and hears of what is new', async () => {
    const baseline = join(folder, 'baseline.json')
    expect((await doctor(...files(), '--baseline', baseline, '--update-baseline')).code).toBe(0)
    const { code, text } = await doctor(...files(), '--baseline', baseline)
    expect(code).toBe(0)
    expect(text).toContain('✔ Alert rules are right and loaded')
    expect(JSON.parse(await readFile(baseline, 'utf8')).findings.length).toBeGreaterThan(0)
  })

  test('names line and column of YAML that cannot be read', async () => {
    const file = join(folder, 'broken.yml')
    await writeFile(file, 'global:\n\tscrape_interval: 15s\n')
    const { code, text } = await doctor('--offline', '--config', file)
    expect(code).toBe(1)
    expect(text).toMatch(/broken\.yml\n {2}2:1 {2}error {2}yaml\/syntax/)
  })

  test('fails for a configuration that was named and is not there', async () => {
    const { code, text } = await doctor('--offline', '--config', join(folder, 'nothing.yml'))
    expect(code).toBe(1)
    expect(text).toContain('prometheus-yml/missing')
  })
})

describe('addresses', () => {
  test('a Prometheus that is not there is an error with the way out', async () => {
    const closed = `127.0.0.1:${await freePort()}`
    const { code, text } = await doctor('--prometheus', closed, '--metrics', `${metrics.host}/metrics`)
    expect(code).toBe(1)
    expect(text).toContain('server/refused')
    expect(text).toContain('--prometheus http://HOST:PORT')
  })

  test('a password in an address is used and never shown', async () => {
    const asked: (string | undefined)[] = []
    const server = await AnsweringServer.start()
    server.answerWith((request, response) => {
      asked.push(request.headers.authorization)
      response.writeHead(401).end()
    })
    const { text } = await doctor('--prometheus', `http://kim:geheim@${server.host}`, '--only', 'server')
    await server.stop()
    expect(asked[0]).toBe(`Basic ${Buffer.from('kim:geheim').toString('base64')}`)
    expect(text).toContain('server/login')
    expect(text).not.toContain('geheim')
  })

  test('a login comes from the file of credentials', async () => {
    const asked: (string | undefined)[] = []
    const server = await AnsweringServer.start()
    server.answerWith((request, response) => {
      asked.push(request.headers.authorization)
      response.writeHead(404).end()
    })
    await writeFile(join(folder, 'token.txt'), 'abc\n')
    const file = join(folder, 'credentials.yml')
    await writeFile(file, JSON.stringify({ prometheus: { token_file: join(folder, 'token.txt') } }))
    await doctor('--prometheus', `http://${server.host}`, '--credentials', file, '--only', 'server')
    await server.stop()
    expect(asked).toContain('Bearer abc')
  })

  test('a login is not sent to another address that the server names', async () => {
    const [server, other] = await Promise.all([AnsweringServer.start(), AnsweringServer.start()])
    const leaked: (string | undefined)[] = []
    other.answerWith((request, response) => {
      leaked.push(request.headers.authorization)
      response.end()
    })
    server.answerWith(
      (_, response) => void response.writeHead(302, { location: `http://${other.host}/` }).end(),
    )
    const { text } = await doctor('--prometheus', `http://kim:geheim@${server.host}`, '--only', 'server')
    await Promise.all([server.stop(), other.stop()])
    expect(leaked).toEqual([])
    expect(text).toContain('server/not-prometheus')
  })

  test('a server that never answers costs the timeout and no more', async () => {
    const server = await AnsweringServer.start()
    server.replay({ '/api/v1/status/buildinfo': { hangs: true }, '/-/healthy': { hangs: true } })
    const begun = performance.now()
    const { text } = await doctor(
      '--prometheus',
      `http://${server.host}`,
      '--timeout',
      '0.5',
      '--only',
      'server',
    )
    await server.stop()
    expect(text).toContain('server/timeout')
    expect(performance.now() - begun).toBeLessThan(5_000)
  })

  test.each([
    [['--prometheus', 'ftp://x'], '--prometheus is "ftp://x"; give an address such as'],
    [['--timeout', 'soon'], '--timeout is "soon"; give seconds'],
    [['--only', 'everything'], '--only is "everything", which no check fits'],
    [['--offline', '--prometheus', 'localhost'], '--offline asks no server'],
    [['--frobnicate'], '--frobnicate'],
    [['--format', 'xml'], '--format is "xml"'],
    [['--credentials', '/nowhere.yml'], '--credentials /nowhere.yml cannot be read'],
  ])('%o are wrong arguments', async (args, message) => {
    await expect(doctor(...args)).rejects.toThrow(message)
    await expect(doctor(...args)).rejects.toMatchObject({ code: 'TELLTALE_USAGE' })
  })
})
