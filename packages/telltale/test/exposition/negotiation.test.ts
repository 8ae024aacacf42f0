import { describe, expect, test } from 'vitest'
import { exposeInParts } from '../../src/exposition/expose.js'
import { negotiate } from '../../src/exposition/negotiation.js'
import {
  expose,
  exposeBytes,
  OPENMETRICS_2_CONTENT_TYPE,
  OPENMETRICS_CONTENT_TYPE,
  Registry,
  TEXT_1_CONTENT_TYPE,
  TEXT_CONTENT_TYPE,
} from '../../src/index.js'

const utf8 = '; escaping=allow-utf-8'
const protobuf =
  'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.01'

describe('what is asked for is what is answered', () => {
  test.each([
    [
      'Prometheus 2.42',
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
      OPENMETRICS_CONTENT_TYPE,
    ],
    [
      'Prometheus 2.53',
      'application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
      OPENMETRICS_CONTENT_TYPE,
    ],
    [
      'Prometheus 3.0',
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;escaping=allow-utf-8;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;escaping=allow-utf-8;q=0.3,*/*;q=0.2',
      OPENMETRICS_CONTENT_TYPE + utf8,
    ],
    [
      'Prometheus 3.14',
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
      OPENMETRICS_CONTENT_TYPE + utf8,
    ],
    [
      'Prometheus 3 with PrometheusText1.0.0 alone',
      'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,*/*;q=0.5',
      TEXT_1_CONTENT_TYPE + utf8,
    ],
    [
      'Prometheus 3 with PrometheusText0.0.4 alone',
      'text/plain;version=0.0.4;q=0.6,*/*;q=0.5',
      TEXT_CONTENT_TYPE,
    ],
    [
      'Firefox',
      'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
      TEXT_CONTENT_TYPE,
    ],
    [
      'Chrome',
      'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
      TEXT_CONTENT_TYPE,
    ],
    ['curl', '*/*', TEXT_CONTENT_TYPE],
    ['a client without the header', undefined, TEXT_CONTENT_TYPE],
    ['an empty header', '', TEXT_CONTENT_TYPE],
    ['what nobody writes', 'image/png', TEXT_CONTENT_TYPE],
    ['garbage', ';;,,"', TEXT_CONTENT_TYPE],
  ])('%s', (_, accept, contentType) => {
    expect(negotiate(accept).contentType).toBe(contentType)
  })
})

describe('the rules', () => {
  test.each([
    [
      'weights count, not positions',
      'text/plain;q=0.2,application/openmetrics-text;q=0.3',
      OPENMETRICS_CONTENT_TYPE,
    ],
    ['a weight of 0 refuses', 'application/openmetrics-text;version=1.0.0;q=0,*/*', TEXT_CONTENT_TYPE],
    [
      'a draft of OpenMetrics is not written',
      'application/openmetrics-text;version=0.0.1',
      TEXT_CONTENT_TYPE,
    ],
    [
      'what is not written gives way to the next best',
      'application/openmetrics-text;version=0.0.1,text/plain;version=1.0.0;q=0.5,*/*;q=0.1',
      TEXT_1_CONTENT_TYPE,
    ],
    [
      'OpenMetrics 2.0 is not written unless allowed',
      'application/openmetrics-text;version=2.0.0',
      TEXT_CONTENT_TYPE,
    ],
    [
      'OpenMetrics without a version is the oldest written',
      'application/openmetrics-text',
      OPENMETRICS_CONTENT_TYPE,
    ],
    [
      'everything at a higher weight is text',
      '*/*;q=0.9,application/openmetrics-text;q=0.1',
      TEXT_CONTENT_TYPE,
    ],
    ['a name wins over everything', '*/*,application/openmetrics-text', OPENMETRICS_CONTENT_TYPE],
    ['any text is the old text', 'text/*;q=0.5', TEXT_CONTENT_TYPE],
    ['text without a version is the old one', 'text/plain', TEXT_CONTENT_TYPE],
    ['text of an unknown version is the old one', 'text/plain;version=9', TEXT_CONTENT_TYPE],
    ['no substring counts', 'application/openmetrics-text-not;version=1.0.0', TEXT_CONTENT_TYPE],
    ['a version in quotes', 'application/openmetrics-text; version="1.0.0"', OPENMETRICS_CONTENT_TYPE],
    [
      'the escaping that was asked for is stated',
      'text/plain;version=0.0.4;escaping=values',
      `${TEXT_CONTENT_TYPE}; escaping=values`,
    ],
    ['an unknown escaping is ignored', 'text/plain;version=1.0.0;escaping=%', TEXT_1_CONTENT_TYPE],
    ['protobuf below the rest changes nothing', `${protobuf},text/plain;version=0.0.4`, TEXT_CONTENT_TYPE],
  ])('%s', (_, accept, contentType) => {
    expect(negotiate(accept).contentType).toBe(contentType)
  })

  test('a registry of any names states the escaping, which is underscores unless asked for', () => {
    expect(negotiate(undefined, 'utf-8')).toMatchObject({
      escaping: 'underscores',
      contentType: `${TEXT_CONTENT_TYPE}; escaping=underscores`,
    })
    expect(negotiate('text/plain;version=1.0.0;escaping=dots', 'utf-8').escaping).toBe('dots')
    expect(negotiate('text/plain;escaping=%', 'utf-8').escaping).toBe('underscores')
  })
})

describe('OpenMetrics 2.0, a release candidate', () => {
  const asked =
    'application/openmetrics-text;version=2.0.0;q=0.7,application/openmetrics-text;version=1.0.0;q=0.6'

  test.each([
    ['is written for who names it', asked, OPENMETRICS_2_CONTENT_TYPE],
    [
      'states the escaping that was asked for',
      'application/openmetrics-text;version=2.0.0;escaping=allow-utf-8',
      OPENMETRICS_2_CONTENT_TYPE + utf8,
    ],
    ['is not for who names no version', 'application/openmetrics-text', OPENMETRICS_CONTENT_TYPE],
    ['is not for who wants 1.0', 'application/openmetrics-text;version=1.0.0', OPENMETRICS_CONTENT_TYPE],
    ['is not a later version', 'application/openmetrics-text;version=2.1.0', TEXT_CONTENT_TYPE],
    ['is not for who takes anything', '*/*', TEXT_CONTENT_TYPE],
    ['is not for who wants another format more', `${asked},text/plain;q=0.9`, TEXT_CONTENT_TYPE],
  ])('%s', async (_, accept, contentType) => {
    const registry = new Registry({ openMetrics2: true })
    expect((await expose(registry, { accept })).contentType).toBe(contentType)
    expect((await exposeBytes(registry, { accept })).contentType).toBe(contentType)
  })

  test('gives way to the next best in a registry that does not allow it', async () => {
    const registry = new Registry()
    expect((await expose(registry, { accept: asked })).contentType).toBe(OPENMETRICS_CONTENT_TYPE)
    expect((await exposeBytes(registry, { accept: asked })).contentType).toBe(OPENMETRICS_CONTENT_TYPE)
  })

  test('is written piece by piece too', async () => {
    const written: string[] = []
    const take = async (chunks: readonly Uint8Array[]) => {
      written.push(Buffer.concat(chunks).toString())
    }
    await exposeInParts(new Registry({ openMetrics2: true }), { accept: asked }, (contentType) => {
      written.push(contentType)
      return { part: take, end: take }
    })
    expect(written.join('\n')).toBe(`${OPENMETRICS_2_CONTENT_TYPE}\n# EOF\n`)
  })
})
