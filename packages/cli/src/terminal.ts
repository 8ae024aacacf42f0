import pc from 'picocolors'
import { cutTo } from './text-columns.js'

const clearLine = '\r\u001b[2K'

/** What the user reads: lines, and on a terminal one line below them that is replaced again and again. */
export class Terminal {
  readonly colours: ReturnType<typeof pc.createColors>
  /** Whether a person may be looking: no status line is shown otherwise. */
  readonly live: boolean
  readonly #stream: NodeJS.WriteStream
  #status = ''

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
    this.live = stream.isTTY === true
    this.colours = pc.createColors(this.live && pc.isColorSupported)
  }

  /** How many columns a line has; no limit where nobody may be looking. */
  get columns(): number {
    return this.live ? (this.#stream.columns ?? 80) : Number.POSITIVE_INFINITY
  }

  /** Calls `listener` when nobody reads any more, as after `| head`. */
  onClosed(listener: () => void): void {
    this.#stream.on('error', listener)
  }

  line(text = ''): void {
    const status = this.#status
    this.status('')
    this.#stream.write(`${text}\n`)
    this.status(status)
  }

  /** Shows `text` as the status line, cut to the width of the terminal; '' removes it. */
  status(text: string): void {
    if (!this.live) return
    if (this.#status !== '' || text !== '') this.#stream.write(clearLine + this.#fit(text))
    this.#status = text
  }

  #fit(text: string): string {
    return cutTo(text, this.columns - 1)
  }
}
