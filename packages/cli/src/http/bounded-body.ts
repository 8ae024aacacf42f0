import type { Body } from './answer.js'

const nothing = new Uint8Array()

/** Reads a body until it ends or has more than `most` bytes; with a `most` of 0 nothing is waited for. */
export async function readBounded(response: Response, most: number): Promise<Body> {
  if (response.body === null) return { content: nothing, body: '', bytes: 0, whole: true }
  if (most === 0) {
    await response.body.cancel()
    return { content: nothing, body: '', bytes: 0, whole: false }
  }
  const reader = response.body.getReader()
  const chunks: Uint8Array[] = []
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return bodyOf(chunks, true)
    bytes += value.length
    chunks.push(value)
    if (bytes <= most) continue
    await reader.cancel().catch(() => undefined)
    return bodyOf(chunks, false)
  }
}

function bodyOf(chunks: readonly Uint8Array[], whole: boolean): Body {
  const content = Buffer.concat(chunks)
  return { content, body: new TextDecoder().decode(content), bytes: content.length, whole }
}
