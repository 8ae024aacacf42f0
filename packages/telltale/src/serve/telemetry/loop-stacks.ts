import type { Debugger } from 'node:inspector'
import type { Pulse } from './pulse.js'

const LOOK_MS = 50
/** A stack of more frames is cut: what is on top says what holds the loop. */
const MOST_FRAMES = 20
/** Between two stacks there are so many seconds, so that a loop that is blocked again and again does not fill the log. */
const PAUSE_SECONDS = 10

/**
 * Tells which function holds the event loop of the main thread while it does, once for each episode and at most
 * every 10 s. The inspector stops the main thread for about 20 ms to look. Where a debugger is attached, a stop is
 * the user's own and no stack is taken.
 */
export class LoopStacks {
  readonly #pulse: Pulse
  readonly #thresholdSeconds: number
  readonly #tell: (line: string) => void
  readonly #timer: NodeJS.Timeout
  #isTaken = false
  #lastAt = -Infinity

  constructor(pulse: Pulse, thresholdSeconds: number, tell: (line: string) => void) {
    this.#pulse = pulse
    this.#thresholdSeconds = thresholdSeconds
    this.#tell = tell
    this.#timer = setInterval(() => this.#look(), LOOK_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const { silence } = this.#pulse
    if (silence < this.#thresholdSeconds) this.#isTaken = false
    else if (!this.#isTaken && performance.now() / 1000 - this.#lastAt > PAUSE_SECONDS) {
      this.#isTaken = true
      this.#lastAt = performance.now() / 1000
      void this.#take()
    }
  }

  async #take(): Promise<void> {
    try {
      const frames = await mainThreadStack(() => this.#pulse.silence < this.#thresholdSeconds)
      if (frames === undefined) return
      const seconds = this.#pulse.silence.toFixed(2)
      this.#tell(`the event loop has been blocked for ${seconds} s by:\n${frames.join('\n')}`)
    } catch (error) {
      this.stop()
      this.#tell(`no stacks of a blocked event loop can be had here: ${String(error)}`)
    }
  }
}

/** The frames on top of the main thread's stack; `undefined` when it went on by itself, or is being debugged. */
async function mainThreadStack(isOver: () => boolean): Promise<readonly string[] | undefined> {
  // Some builds of Node.js have no inspector.
  const { Session, url } = process.getBuiltinModule('node:inspector')
  if (url() !== undefined) return undefined
  const session = new Session()
  session.connectToMainThread()
  const files = new Map<string, string>()
  session.on('Debugger.scriptParsed', ({ params }) => files.set(params.scriptId, params.url))
  try {
    return await new Promise((resolve) => {
      const timer = setInterval(() => isOver() && end(undefined), LOOK_MS)
      const end = (frames: readonly string[] | undefined) => {
        clearInterval(timer)
        resolve(frames)
      }
      session.once('Debugger.paused', ({ params }) => {
        end(params.callFrames.slice(0, MOST_FRAMES).map((frame) => frameText(frame, files)))
      })
      session.post('Debugger.enable')
      session.post('Debugger.pause')
    })
  } finally {
    // Ends a stop that the main thread is in, and one that it has not come to yet.
    session.disconnect()
  }
}

function frameText(
  { functionName, location }: Debugger.CallFrame,
  files: ReadonlyMap<string, string>,
): string {
  const place = `${files.get(location.scriptId) || '<unknown>'}:${location.lineNumber + 1}:${(location.columnNumber ?? 0) + 1}`
  return `    at ${functionName || '<anonymous>'} (${place})`
}
