import type { Language } from '../../signals/signal.js'
import { LiveWatch } from '../live-watch.js'
import { browser } from './dom.js'
import { PageView } from './page-view.js'

/** Between two requests, in milliseconds; while the event loop is blocked, its end is to be seen soon. */
const PAUSE = 2000
const SHORT_PAUSE = 500
const PATIENCE = 10_000
/** Between two drawings of the time that passes. */
const TICK = 200

const { host, pathname, search } = browser.location
const watch = new LiveWatch({ job: host, instance: host })
const view = new PageView(watch, languageOf())
const address = `${pathname.replace(/\/$/, '')}/metrics`
let status = 0

/** Seconds since 1970 that only go forward. */
const now = () => (performance.timeOrigin + performance.now()) / 1000

async function ask(): Promise<void> {
  const query = watch.query(now())
  try {
    const response = await fetch(address + query, {
      headers: { Accept: 'text/plain;version=0.0.4' },
      signal: AbortSignal.timeout(PATIENCE),
    })
    status = response.ok ? 0 : response.status
    if (response.ok) watch.take(now(), await response.text(), query)
    else watch.miss(now())
  } catch {
    status = 0
    watch.miss(now())
  }
  view.draw(now(), status)
  setTimeout(() => void ask(), watch.blockedSeconds > 0 || watch.isSilent ? SHORT_PAUSE : PAUSE)
}

function languageOf(): Language {
  const wanted = new URLSearchParams(search).get('lang') ?? browser.navigator.languages[0] ?? ''
  return wanted.startsWith('ko') ? 'ko' : 'en'
}

view.tick(now(), status)
setInterval(() => view.tick(now(), status), TICK)
void ask()
