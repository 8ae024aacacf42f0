import { CommandError } from '../command-error.js'
import { exitCodeOf } from '../exit-code.js'
import type { Language } from '../language.js'
import { EndpointHistory } from './endpoint-history.js'
import { type FrameState, frameOf } from './frame.js'
import type { MetricsSource } from './metrics-source.js'
import { type Key, Screen } from './screen.js'
import type { Colours } from './table.js'
import { type ViewName, viewNames } from './views.js'

export interface LiveViewOptions {
  readonly source: MetricsSource
  readonly view: ViewName
  /** Milliseconds. */
  readonly every: number
  readonly language: Language
  readonly colours: Colours
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
}

/** The picture of an endpoint that is drawn again with each reading and each key. */
export class LiveView {
  readonly #options: LiveViewOptions
  readonly #history = new EndpointHistory()
  readonly #screen: Screen
  readonly #ended: Promise<number>
  #end: (code: number) => void = () => undefined
  #fail: (error: unknown) => void = () => undefined
  #view: ViewName
  #offset = 0
  #last = 0
  #page = 1
  #paused = false
  #trouble: string | undefined
  #timer: NodeJS.Timeout | undefined
  #over = false

  private constructor(options: LiveViewOptions) {
    this.#options = options
    this.#view = options.view
    this.#ended = new Promise((resolve, reject) => {
      this.#end = resolve
      this.#fail = reject
    })
    this.#screen = new Screen(options.input, options.output, {
      key: (key) => this.#press(key),
      resized: () => this.#draw(),
      signalled: (signal) => this.#end(exitCodeOf(signal)),
    })
  }

  /**
   * Shows an endpoint until the user ends it, and resolves with the exit code: 0 after `q`, that of the signal after
   * one. Rejects when the first reading fails.
   */
  static async show(options: LiveViewOptions): Promise<number> {
    const first = await options.source.read()
    const live = new LiveView(options)
    try {
      live.#history.add(first)
      live.#draw()
      live.#readIn(options.every)
      return await live.#ended
    } finally {
      live.#over = true
      clearTimeout(live.#timer)
      live.#screen.close()
    }
  }

  #readIn(milliseconds: number): void {
    if (!this.#over) this.#timer = setTimeout(() => void this.#read(), milliseconds)
  }

  async #read(): Promise<void> {
    const began = performance.now()
    try {
      const reading = await this.#options.source.read()
      this.#trouble = undefined
      if (!this.#paused) this.#history.add(reading)
    } catch (error) {
      if (!(error instanceof CommandError)) return this.#fail(error)
      this.#trouble = error.message
    }
    if (!this.#paused) this.#draw()
    const spent = performance.now() - began
    // A large endpoint gets as much rest as its reading took.
    this.#readIn(Math.max(spent, this.#options.every - spent))
  }

  #press(key: Key): void {
    if (key === 'quit' || key === 'interrupt') {
      this.#end(key === 'quit' ? 0 : exitCodeOf('SIGINT'))
      return
    }
    if (key === 'pause') this.#paused = !this.#paused
    else if (key === 'left' || key === 'right') this.#turn(key === 'left' ? -1 : 1)
    else if (key === 'up' || key === 'down') this.#scroll(key === 'up' ? -1 : 1)
    else if (key === 'pageup' || key === 'pagedown') this.#scroll(key === 'pageup' ? -this.#page : this.#page)
    else this.#show(viewNames[Number(key) - 1]!)
    this.#draw()
  }

  #turn(by: number): void {
    const index = viewNames.indexOf(this.#view) + by + viewNames.length
    this.#show(viewNames[index % viewNames.length]!)
  }

  #show(view: ViewName): void {
    this.#view = view
    this.#offset = 0
  }

  #scroll(by: number): void {
    this.#offset = Math.max(0, Math.min(this.#last, this.#offset + by))
  }

  #draw(): void {
    const { source, every, language, colours } = this.#options
    const state: FrameState = {
      source: source.name,
      view: this.#view,
      offset: this.#offset,
      paused: this.#paused,
      every,
      trouble: this.#trouble,
      language,
    }
    const { lines, total, visible } = frameOf(this.#history, state, this.#screen.size, colours)
    this.#page = visible
    this.#last = Math.max(0, total - visible)
    this.#offset = Math.min(this.#offset, this.#last)
    this.#screen.draw(lines)
  }
}
