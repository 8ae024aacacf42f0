import type { Finding } from '../../finding/finding.js'
import type { Place } from '../../finding/place.js'
import type { Target } from '../source/prometheus-answers.js'
import { reach } from '../texts/reach.js'

const refusals = /refused|no route to host|network is unreachable|connection reset/i
const hosts = /no such host|server misbehaving|Temporary failure in name resolution/i
const schemes = /x509|tls:|server gave HTTP response to HTTPS client|malformed HTTP response|certificate/i
const limits =
  /limit exceeded|body size limit|sample limit|label limit|label_limit|label name length|label value length/i

/** What a target that is down means, from the error that Prometheus keeps. */
export function targetFault(target: Target, place: Place, answeringPath: string): Finding {
  const { scrapeUrl: url, lastError: error, health, scrapeTimeout: timeout } = target
  if (/deadline exceeded|timeout/i.test(error)) return reach.finding('reach/timeout', place, { url, timeout })
  if (refusals.test(error)) return reach.finding('reach/refused', place, { url, error })
  if (hosts.test(error)) return reach.finding('reach/unknown-host', place, { url, error })
  if (schemes.test(error)) return reach.finding('reach/scheme', place, { url, error })
  if (/HTTP status 40[13]/.test(error)) return reach.finding('reach/login', place, { url, error })
  if (/HTTP status [34]\d\d/.test(error))
    return reach.finding('reach/path', place, { url, error, path: answeringPath })
  if (limits.test(error)) return reach.finding('reach/limit', place, { url, error })
  if (error === '' || /HTTP status/.test(error))
    return reach.finding('reach/down', place, { url, health, error })
  return reach.finding('reach/unreadable', place, { url, error })
}
