import type { Answer } from './answer.js'
import { get } from './get.js'

/** An answer in a few words that need no translation: `200 text/html "Grafana"`. */
export function evidenceOf({ status, contentType, body, location }: Answer): string {
  if (location !== '') return `${status} → ${location}`
  const kind = contentType.split(';', 1)[0] || 'no Content-Type'
  const title = isHtml(contentType, body) ? /<title>\s*([^<]{1,60}?)\s*<\/title>/i.exec(body)?.[1] : undefined
  return title === undefined ? `${status} ${kind}` : `${status} ${kind} "${title}"`
}

/** Whether an answer is a web page. */
export function isHtml(contentType: string, body: string): boolean {
  return /html/i.test(contentType) || /^\s*<(?:!doctype\s+html|html|head|body)/i.test(body)
}

/** What people mistake for Prometheus. */
export type WrongServer = 'alertmanager' | 'grafana' | 'prefix' | 'metrics' | 'other'

const signs: readonly (readonly [Exclude<WrongServer, 'other'>, path: string, sign: RegExp])[] = [
  ['alertmanager', '/api/v2/status', /"versionInfo"/],
  ['grafana', '/api/health', /"database"/],
  ['prefix', '/prometheus/api/v1/status/buildinfo', /"status":"success"/],
  ['metrics', '/metrics', /^# (?:TYPE|HELP) /m],
]

/** Finds out what answers at an address that is no Prometheus. Never rejects. */
export async function whatAnswers(base: string, seconds: number): Promise<WrongServer> {
  const found = await Promise.all(
    signs.map(async ([kind, path, sign]) => {
      const answer = await get(base + path, { seconds, mostBytes: 65_536 }).catch(() => undefined)
      return answer?.status === 200 && sign.test(answer.body) ? kind : undefined
    }),
  )
  return found.find((kind) => kind !== undefined) ?? 'other'
}
