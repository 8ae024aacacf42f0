import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface TerminalOptions {
  /** Of the terminal. Default 120. */
  readonly columns?: number
  /** Besides the environment of the test. */
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
}

/** A program in a real pseudo terminal, as `script` makes one. */
export class TerminalSession {
  #text = ''
  #pid = 0
  readonly ended: Promise<number | null>
  readonly #child
  #wake: () => void = () => undefined

  /** `line` is what a user would type. */
  constructor(line: string, { columns = 120, env = {}, cwd }: TerminalOptions = {}) {
    const typed = `stty cols ${columns} rows 20; echo pid $$; exec ${line}`
    this.#child = spawn('script', ['-qefc', typed, '/dev/null'], {
      cwd,
      env: { ...process.env, TERM: 'xterm-256color', FORCE_COLOR: '', ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#text += text
      this.#pid ||= Number(/pid (\d+)\r?\n/.exec(this.#text)?.[1] ?? 0)
      this.#wake()
    })
    this.ended = once(this.#child, 'close').then(([code]) => code as number | null)
  }

  get text(): string {
    return this.#text
  }

  /** Waits until what was written since the last call matches. */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.#text)
      if (match !== null) {
        const seen = this.#text
        this.#text = this.#text.slice(match.index + match[0].length)
        return seen
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  press(keys: string): void {
    this.#child.stdin.write(keys)
  }

  /** Sends a signal to the program, not to the terminal around it; it has to have said something. */
  signal(signal: NodeJS.Signals): void {
    process.kill(this.#pid, signal)
  }
}
