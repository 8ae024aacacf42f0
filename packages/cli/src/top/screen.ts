import { StringDecoder } from 'node:string_decoder'
import { type EndingSignal, endingSignals } from '../exit-code.js'

const ESC = '\u001b['
/** The other screen, no cursor, and no line that runs on into the next. */
const ENTER = `${ESC}?1049h${ESC}?25l${ESC}?7l`
const LEAVE = `${ESC}?7h${ESC}?25h${ESC}?1049l`

/** What a key asks for. */
export type Key =
  | 'quit'
  | 'interrupt'
  | 'pause'
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'pageup'
  | 'pagedown'
  | '1'
  | '2'
  | '3'
  | '4'

const keys: Readonly<Record<string, Key>> = {
  q: 'quit',
  Q: 'quit',
  '\u0003': 'interrupt',
  '\u0004': 'quit',
  ' ': 'pause',
  p: 'pause',
  [`${ESC}D`]: 'left',
  [`${ESC}C`]: 'right',
  '\u001bOD': 'left',
  '\u001bOC': 'right',
  '\t': 'right',
  [`${ESC}Z`]: 'left',
  h: 'left',
  l: 'right',
  [`${ESC}A`]: 'up',
  [`${ESC}B`]: 'down',
  '\u001bOA': 'up',
  '\u001bOB': 'down',
  k: 'up',
  j: 'down',
  [`${ESC}5~`]: 'pageup',
  [`${ESC}6~`]: 'pagedown',
  '1': '1',
  '2': '2',
  '3': '3',
  '4': '4',
}

/** Splits what a terminal sends into keys; what is none of ours is left out. */
export function keysIn(text: string): Key[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keys send them
  const parts = text.match(/\u001b(?:\[[0-9;]*[A-Za-z~]|O[A-Z])|[\s\S]/g) ?? []
  return parts.flatMap((part) => keys[part] ?? [])
}

export interface ScreenListener {
  key(key: Key): void
  resized(): void
  signalled(signal: EndingSignal): void
}

/** The whole terminal, until it is given back. Whatever ends the process gives it back too. */
export class Screen {
  readonly #input: NodeJS.ReadStream
  readonly #output: NodeJS.WriteStream
  readonly #listener: ScreenListener
  readonly #decoder = new StringDecoder('utf8')
  readonly #onData = (data: Buffer): void => {
    for (const key of keysIn(this.#decoder.write(data))) this.#listener.key(key)
  }
  readonly #onResize = (): void => this.#listener.resized()
  readonly #onEnd = (): void => this.#listener.key('quit')
  readonly #onSignal = (signal: EndingSignal): void => this.#listener.signalled(signal)
  readonly #onExit = (): void => this.close()
  #open = true

  constructor(input: NodeJS.ReadStream, output: NodeJS.WriteStream, listener: ScreenListener) {
    this.#input = input
    this.#output = output
    this.#listener = listener
    output.write(ENTER)
    if (input.isTTY) input.setRawMode(true)
    input.on('data', this.#onData)
    input.once('end', this.#onEnd)
    output.on('resize', this.#onResize)
    for (const signal of endingSignals) process.on(signal, this.#onSignal)
    process.once('exit', this.#onExit)
  }

  get size(): { readonly columns: number; readonly rows: number } {
    return { columns: this.#output.columns ?? 80, rows: this.#output.rows ?? 24 }
  }

  /** Shows these lines, in one write, so that nothing flickers. */
  draw(lines: readonly string[]): void {
    if (!this.#open) return
    const text = lines.map((line) => `${line}${ESC}K`).join('\r\n')
    this.#output.write(`${ESC}?2026h${ESC}H${text}${ESC}J${ESC}?2026l`)
  }

  /** Gives the terminal back as it was. */
  close(): void {
    if (!this.#open) return
    this.#open = false
    process.off('exit', this.#onExit)
    for (const signal of endingSignals) process.off(signal, this.#onSignal)
    this.#output.off('resize', this.#onResize)
    this.#input.off('data', this.#onData)
    this.#input.off('end', this.#onEnd)
    if (this.#input.isTTY) this.#input.setRawMode(false)
    this.#input.pause()
    this.#output.write(LEAVE)
  }
}
