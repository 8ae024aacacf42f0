import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { prometheusServer } from '@telltale/cli'
import { hashSync } from 'bcryptjs'
import { Counter, MetricsServer, type MetricsServerOptions, Registry } from 'telltale'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certificateFile, keyFile } from '../../packages/telltale/test/serve/certificates.js'
import { goodFiles } from '../../packages/telltale/test/serve/web-config/faults.js'
import { readDocument } from '../unit/markdown.js'
import { installed, type ScrapeJob, TestPrometheus, testFolder } from './servers/index.js'

const password = 'correct horse: battery'
const token = 'a-token-of-the-tests'
const certificate = `tls_server_config:\n  cert_file: ${certificateFile('server')}\n  key_file: ${keyFile('server')}\n`
const mutual = `  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: ${certificateFile('authority')}\n`
const users = `basic_auth_users:\n  prometheus: ${hashSync(password, 10)}\n`
const files = { basic: certificate + users, mutual: certificate + mutual }

const trust = { ca_file: certificateFile('authority') }
const own = { cert_file: certificateFile('scraper'), key_file: keyFile('scraper') }
const login = { username: 'prometheus', password }

/** What each job brings, to which server, and whether it is let in. */
const jobs: readonly (readonly [name: string, server: string, settings: object, up: 0 | 1])[] = [
  ['tls-basic', 'basic', { scheme: 'https', tls_config: trust, basic_auth: login }, 1],
  [
    'tls-wrong-password',
    'basic',
    { scheme: 'https', tls_config: trust, basic_auth: { ...login, password: 'x' } },
    0,
  ],
  ['tls-no-password', 'basic', { scheme: 'https', tls_config: trust }, 0],
  ['tls-no-trust', 'basic', { scheme: 'https', basic_auth: login }, 0],
  ['plain-to-tls', 'basic', { basic_auth: login }, 0],
  ['mutual', 'mutual', { scheme: 'https', tls_config: { ...trust, ...own } }, 1],
  ['mutual-no-certificate', 'mutual', { scheme: 'https', tls_config: trust }, 0],
  ['bearer', 'bearer', { authorization: { credentials: token } }, 1],
  ['bearer-wrong', 'bearer', { authorization: { credentials: 'x' } }, 0],
]

const servers: MetricsServer[] = []
let folder: Awaited<ReturnType<typeof testFolder>>
let prometheus: TestPrometheus

/** Starts a server with a counter of its own, and gives its target. */
async function serve(name: string, options: MetricsServerOptions): Promise<string> {
  const registry = new Registry()
  new Counter({ name: 'served_total', help: 'S.', labels: ['by'], registry }).labels(name).inc(7)
  const server = new MetricsServer(0, { registry, log: () => {}, announce: () => {}, ...options })
  servers.push(server)
  return `127.0.0.1:${(await server.start()).port}`
}

async function checkWebConfig(path: string) {
  const installation = await installed(prometheusServer)
  const child = spawn(installation.command('promtool'), ['check', 'web-config', path], {
    env: installation.environment(),
  })
  const [out, err, [status]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ])
  return { status, output: out + err }
}

beforeAll(async () => {
  folder = await testFolder('secured')
  const targets: Record<string, string> = { bearer: await serve('bearer', { bearerToken: token }) }
  for (const [name, content] of Object.entries(files)) {
    const webConfigFile = join(folder.path, `${name}.yml`)
    await writeFile(webConfigFile, content)
    targets[name] = await serve(name, { webConfigFile })
  }
  const scrapes = jobs.map(([name, server, settings]): ScrapeJob => {
    return { name, targets: [targets[server]!], settings: { ...settings } }
  })
  prometheus = await TestPrometheus.start({ jobs: scrapes })
})

afterAll(async () => {
  await prometheus?.stop()
  await Promise.all(servers.map((server) => server.stop()))
  await folder?.remove()
})

describe('Prometheus', () => {
  test.each(jobs)('as %s, to the server with %s', async (name, server, _, up) => {
    const seen = await prometheus.api.until((api) => api.value(`up{job="${name}"}`), {
      what: `up of ${name}`,
    })
    expect(seen).toBe(up)
    const value = await prometheus.api.value(`served_total{job="${name}",by="${server}"}`)
    expect(value).toBe(up === 1 ? 7 : undefined)
  })

  test('finds in the scrape who was turned away', async () => {
    const reasons = 'telltale_endpoint_rejections_total{job="tls-basic",reason="credentials"}'
    const refused = await prometheus.api.until(
      async (api) => {
        const value = await api.value(reasons)
        return value !== undefined && value >= 2 ? value : undefined
      },
      { what: 'refused credentials' },
    )
    expect(refused).toBeGreaterThanOrEqual(2)
  })

  test('goes on scraping when the password changes on both sides, without a restart here', async () => {
    const next = 'another password'
    await writeFile(
      join(folder.path, 'basic.yml'),
      `${certificate}basic_auth_users:\n  prometheus: ${hashSync(next, 10)}\n`,
    )
    const [target] = (await prometheus.api.targets()).filter(({ labels }) => labels.job === 'tls-basic')
    const settings = { scheme: 'https', tls_config: trust, basic_auth: { ...login, password: next } }
    await prometheus.reload({ jobs: [{ name: 'renewed', targets: [target!.labels.instance!], settings }] })
    const up = await prometheus.api.until(
      async (api) => ((await api.value('up{job="renewed"}')) === 1 ? 1 : undefined),
      { what: 'a scrape with the new password' },
    )
    expect(up).toBe(1)
  })
})

describe('promtool check web-config accepts', () => {
  const ofDocumentation = readDocument('docs/securing-the-endpoint.md').blocks.filter(
    ({ marks }) => marks[0] === 'web-config',
  )

  test('the files of these tests', async () => {
    for (const [i, content] of [...goodFiles, ...Object.values(files)].entries()) {
      const path = join(folder.path, `good-${i}.yml`)
      await writeFile(path, content)
      expect(await checkWebConfig(path), content).toMatchObject({ status: 0 })
    }
  })

  test('the files of the documentation, and so do we', async () => {
    expect(ofDocumentation.length).toBeGreaterThanOrEqual(2)
    await copyFile(certificateFile('server'), join(folder.path, 'server.crt'))
    await copyFile(keyFile('server'), join(folder.path, 'server.key'))
    await copyFile(certificateFile('authority'), join(folder.path, 'authority.crt'))
    for (const [i, { text }] of ofDocumentation.entries()) {
      const webConfigFile = join(folder.path, `documented-${i}.yml`)
      await writeFile(webConfigFile, text)
      expect(await checkWebConfig(webConfigFile), text).toMatchObject({ status: 0 })
      await serve('documented', { webConfigFile })
    }
  })
})
