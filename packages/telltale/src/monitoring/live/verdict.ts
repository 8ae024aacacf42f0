import type { Trouble } from './conditions.js'
import type { LiveWatch } from './live-watch.js'

/** The answer to: is it well? */
export type Verdict =
  | { readonly kind: 'starting' }
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'silent'; readonly seconds: number }
  | { readonly kind: 'blocked'; readonly seconds: number }
  | { readonly kind: 'firing' | 'pending'; readonly troubles: readonly Trouble[] }
  /** Nothing is wrong; `bare` where nothing is measured that could be. */
  | { readonly kind: 'well' | 'bare' }

/** An answer is late after this many seconds. */
const LATE_SECONDS = 6

/** What matters most at a moment, in seconds: no answer, then a blocked loop, then alerts. */
export function verdictOf(watch: LiveWatch, now: number): Verdict {
  const { lastAt, blockedSeconds, conditions } = watch
  if (lastAt === undefined) return { kind: watch.isSilent ? 'unanswered' : 'starting' }
  const age = now - lastAt
  if (watch.isSilent || age > LATE_SECONDS) return { kind: 'silent', seconds: age }
  // It goes on between two answers; the next one says when it has ended.
  if (blockedSeconds > 0) return { kind: 'blocked', seconds: blockedSeconds + age }
  const firing = conditions.troubles.filter(
    ({ isFiring, threshold }) => isFiring && threshold.severity !== 'info',
  )
  if (firing.length > 0) return { kind: 'firing', troubles: firing }
  const pending = conditions.troubles.filter(({ threshold }) => threshold.severity !== 'info')
  if (pending.length > 0) return { kind: 'pending', troubles: pending }
  return { kind: watch.isBare ? 'bare' : 'well' }
}
