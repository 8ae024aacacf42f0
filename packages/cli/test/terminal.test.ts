import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { printAddresses } from '../src/start/address-table.js'
import { Terminal } from '../src/terminal.js'

function terminalOf(stream: { isTTY: boolean; columns?: number }) {
  let written = ''
  const sink = new Writable({
    write(chunk, _, done) {
      written += chunk
      done()
    },
  })
  const terminal = new Terminal(Object.assign(sink, stream) as unknown as NodeJS.WriteStream)
  return { terminal, written: () => written.replaceAll('\r\u001b[2K', '<clear>') }
}

describe('on a terminal', () => {
  test('lines are written above the status, which stays the last', () => {
    const { terminal, written } = terminalOf({ isTTY: true })
    terminal.status('all well')
    terminal.line('news')
    terminal.status('')
    expect(written()).toBe('<clear>all well<clear>news\n<clear>all well<clear>')
  })

  test('a status that is too long is cut, so that it can be replaced', () => {
    const { terminal, written } = terminalOf({ isTTY: true, columns: 10 })
    terminal.status('0123456789abc')
    expect(written()).toBe('<clear>01234567…')
  })
})

test('in a pipe there are lines only, without a status and without colours', () => {
  const { terminal, written } = terminalOf({ isTTY: false })
  terminal.status('all well')
  terminal.line(terminal.colours.red('news'))
  expect(written()).toBe('news\n')
})

test('addresses stand in columns, and a very long one does not push the others away', () => {
  const { terminal, written } = terminalOf({ isTTY: false })
  const long = `http://localhost:9091/graph?${'x'.repeat(60)}`
  printAddresses(
    [
      { name: 'shop', address: 'http://localhost:3000/', about: 'the application' },
      { name: 'Prometheus', address: 'http://localhost:9091/targets', about: 'targets' },
      { name: '', address: long, about: 'a graph' },
    ],
    terminal,
  )
  expect(written().split('\n')).toEqual([
    '  shop        http://localhost:3000/         the application',
    '  Prometheus  http://localhost:9091/targets  targets',
    `              ${long}  a graph`,
    '',
  ])
})

test('on a narrow terminal an address is left alone where the words about it do not fit', () => {
  const { terminal, written } = terminalOf({ isTTY: true, columns: 40 })
  printAddresses(
    [
      { name: 'shop', address: 'http://localhost:3000/', about: 'tea' },
      { name: 'metrics', address: 'http://localhost:9090/metrics', about: 'what it says about itself' },
    ],
    terminal,
  )
  expect(written()).toContain('http://localhost:9090/metrics')
  expect(written()).not.toContain('what it says')
})
