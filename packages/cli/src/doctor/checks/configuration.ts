import type { Finding } from '../../finding/finding.js'
import { atUrl, inFile } from '../../finding/place.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { differences } from '../source/configuration-difference.js'
import { readRunning } from '../source/running-configuration.js'
import { configuration } from '../texts/configuration.js'

async function isThere({ files }: Setup): Promise<readonly Finding[]> {
  const missing = await files.missing()
  return missing === undefined ? [] : [configuration.finding('prometheus-yml/missing', inFile(missing), {})]
}

async function lastReloadSucceeded({ prometheus }: Setup): Promise<readonly Finding[]> {
  const { reloadConfigSuccess } = await prometheus.runtime()
  if (reloadConfigSuccess !== false) return []
  const { url } = prometheus
  const file = (await runningFile(prometheus)) ?? 'prometheus.yml'
  return [configuration.finding('prometheus-yml/reload-failed', atUrl(url), { url, file })]
}

async function fileIsLoaded({ prometheus, files }: Setup): Promise<readonly Finding[]> {
  const [running, { reloadConfigSuccess }] = await Promise.all([
    prometheus.configuration(),
    prometheus.runtime(),
  ])
  // A file that was refused differs for that reason, which is told already.
  if (running === '' || reloadConfigSuccess === false) return []
  const [file, content] = await Promise.all([files.prometheus(), files.configuration()])
  const found = differences(content, readRunning(running))
  const [first] = found
  if (first === undefined) return []
  const runs = (await runningFile(prometheus)) ?? '?'
  const { path, inFile: written, running: other } = first
  const values = { count: found.length, path, inFile: written, running: other, url: prometheus.url, runs }
  return [configuration.finding('prometheus-yml/not-loaded', inFile(file.path), values)]
}

/** Debian's builds, which say so by `+ds`, leave out the headers of remote_write. */
async function headersAreSent({ prometheus }: Setup): Promise<readonly Finding[]> {
  const { version } = await prometheus.identity()
  if (!version.includes('+ds')) return []
  const { remote_write: remotes = [] } = readRunning(await prometheus.configuration())
  return remotes.flatMap(({ url = '?', name = url, headers = {} }) => {
    const names = Object.keys(headers).join(', ')
    if (names === '') return []
    const values = { target: name, headers: names, version }
    return [configuration.finding('prometheus-yml/headers-not-sent', atUrl(prometheus.url), values)]
  })
}

async function runningFile(prometheus: Setup['prometheus']): Promise<string | undefined> {
  return (await prometheus.flags().catch(() => undefined))?.['config.file']
}

export const configurationChecks = checksOf('prometheus-yml', [
  isThere,
  lastReloadSucceeded,
  fileIsLoaded,
  headersAreSent,
])
