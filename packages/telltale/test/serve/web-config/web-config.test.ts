import { expect, test } from 'vitest'
import { Endpoint } from '../../../src/serve/endpoint.js'
import { OpenedEndpoint, oneCounter, testFile } from '../opened-endpoint.js'
import { faultyFiles, goodFiles } from './faults.js'

test.each(faultyFiles)(
  '%j is refused at the start, with the field and what it takes',
  async (content, message) => {
    const webConfigFile = testFile('web.yml', content).path
    const settings = {
      port: 0,
      host: '127.0.0.1',
      cors: false,
      reset: false,
      selfMetrics: true,
      webConfigFile,
    }
    const endpoint = new Endpoint(oneCounter(), settings)
    const error: Error = await endpoint.open().then(
      () => new Error('it opened'),
      (reason) => reason,
    )
    expect(error).toMatchObject({ code: 'TELLTALE_WEB_CONFIG', message: expect.stringMatching(message) })
    expect(error.message).toContain(webConfigFile)
    expect(endpoint.address).toBeUndefined()
  },
)

test.each(goodFiles)('good file %# is served with', async (content) => {
  const opened = await OpenedEndpoint.open({ webConfigFile: testFile('web.yml', content).path })
  expect(opened.endpoint.address).toBeDefined()
})

test('a file that is not there, or is a gigantic one, is refused at the start', async () => {
  const settings = { port: 0, host: '127.0.0.1', cors: false, reset: false, selfMetrics: true }
  const open = (webConfigFile: string) => new Endpoint(oneCounter(), { ...settings, webConfigFile }).open()
  await expect(open('/nowhere/web.yml')).rejects.toMatchObject({
    code: 'TELLTALE_WEB_CONFIG',
    message: expect.stringContaining('/nowhere/web.yml: the file cannot be read (ENOENT)'),
  })
  await expect(open(testFile('web.yml', '#'.repeat(2_000_000)).path)).rejects.toThrow(
    /2000000 bytes, expected at most/,
  )
})
