import { Writable } from 'node:stream'
import { Terminal } from '../../src/terminal.js'

/** A terminal that nobody sees, and what was written to it. */
export function recordedTerminal(): { readonly terminal: Terminal; text(): string } {
  let written = ''
  const sink = new Writable({
    write(chunk, _, done) {
      written += chunk
      done()
    },
  })
  // Of a stream of a process, Terminal uses what any stream has.
  const terminal = new Terminal(Object.assign(sink, { isTTY: false }) as unknown as NodeJS.WriteStream)
  return { terminal, text: () => written }
}
