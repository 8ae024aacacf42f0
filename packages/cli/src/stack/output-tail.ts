const longestLine = 2_000

/** The last lines that a process wrote, in bounded memory however much it writes. */
export class OutputTail {
  readonly #limit: number
  readonly #lines: string[] = []
  #rest = ''

  constructor(limit = 40) {
    this.#limit = limit
  }

  write(text: string): void {
    const parts = (this.#rest + text).split('\n')
    this.#rest = (parts.pop() ?? '').slice(-longestLine)
    for (const line of parts) this.#keep(line.trimEnd())
  }

  /** The newest `count` lines, oldest first, with an unfinished last line included. */
  last(count = this.#limit): string[] {
    const lines = this.#rest === '' ? this.#lines : [...this.#lines, this.#rest]
    return lines.slice(-count)
  }

  #keep(line: string): void {
    if (line === '') return
    this.#lines.push(line.slice(0, longestLine))
    if (this.#lines.length > this.#limit) this.#lines.shift()
  }
}
