import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runLint } from '../../src/lint/index.js'
import { alertmanagerFiles } from './cases/alertmanager-files.js'
import type { Case } from './cases/case.js'
import { prometheusFiles, usualOfPrometheus } from './cases/prometheus-files.js'
import { ruleFiles } from './cases/rule-files.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-files-'))
})

afterAll(() => rm(folder, { recursive: true }))

async function idsIn(
  name: 'rules' | 'prometheus' | 'alertmanager',
  text: string,
): Promise<readonly string[]> {
  await writeFile(join(folder, `${name}.yml`), text)
  const { findings } = await runLint({
    names: [`${name}.yml`],
    directory: folder,
    stdin: new PassThrough(),
    as: name,
    prometheus: { major: 2, minor: 42 },
    alertmanager: { major: 0, minor: 25 },
    scrapeInterval: 15,
    headers: {},
    limit: 1e6,
    timeout: 1,
  })
  return [...new Set(findings.map(({ id }) => id))].sort()
}

/** What a case expects, with what is said of every such file unless the case takes it away. */
function expected({ finds }: Case, usual: readonly string[] = []): readonly string[] {
  const left = usual.filter((id) => !finds.includes(`-${id}`))
  return [...new Set([...left, ...finds.filter((id) => !id.startsWith('-'))])].sort()
}

describe('rules', () => {
  test.each(ruleFiles)('$what: $finds', async (one) => {
    expect(await idsIn('rules', one.text)).toEqual(expected(one))
  })
})

describe('prometheus.yml', () => {
  test.each(prometheusFiles)('$what: $finds', async (one) => {
    expect(await idsIn('prometheus', one.text)).toEqual(expected(one, [usualOfPrometheus]))
  })
})

describe('alertmanager.yml', () => {
  test.each(alertmanagerFiles)('$what: $finds', async (one) => {
    expect(await idsIn('alertmanager', one.text)).toEqual(expected(one))
  })
})
