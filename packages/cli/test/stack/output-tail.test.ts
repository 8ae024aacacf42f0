import { expect, test } from 'vitest'
import { OutputTail } from '../../src/stack/output-tail.js'

test('the last lines are kept, however the text was cut', () => {
  const tail = new OutputTail(2)
  for (const piece of ['one\ntw', 'o\r\n', '\nthree\n', 'fo', 'ur']) tail.write(piece)
  expect(tail.last()).toEqual(['three', 'four'])
  expect(tail.last(1)).toEqual(['four'])
})

test('a process that never ends its line does not fill the memory', () => {
  const tail = new OutputTail(3)
  for (let i = 0; i < 1000; i++) tail.write('x'.repeat(1000))
  expect(tail.last().join('').length).toBe(2000)
})
