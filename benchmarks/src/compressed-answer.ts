import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const compress = promisify(gzip)

/** What an application writes around a library that gives a text: gzip with zlib's defaults, on zlib's thread. */
export async function answerCompressed(
  req: IncomingMessage,
  res: ServerResponse,
  contentType: string,
  text: Promise<string>,
): Promise<void> {
  const body = await text
  const compressed = /\bgzip\b/.test(req.headers['accept-encoding'] ?? '')
  res.setHeader('Content-Type', contentType)
  if (compressed) res.setHeader('Content-Encoding', 'gzip')
  res.end(compressed ? await compress(body) : body)
}
