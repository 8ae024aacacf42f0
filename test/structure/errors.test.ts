import { expect, test } from 'vitest'
import { commandErrorCodes } from '../../packages/cli/src/command-error.js'
import { errorCodes } from '../../packages/telltale/src/model/error-code.js'
import { foldersIn, readText, sourceFiles } from './source-files.js'

const codes: Readonly<Record<string, string>> = { ...errorCodes, ...commandErrorCodes }
const tables = ['packages/telltale/src/model/error-code.ts', 'packages/cli/src/command-error.ts']

const files = ['packages', 'examples']
  .flatMap((group) => foldersIn(group).flatMap((name) => sourceFiles(`${group}/${name}/src`)))
  .filter((file) => !tables.includes(file.path))

// A code stands alone in quotes; names of environment variables are read as properties.
const used = new Set(files.flatMap(({ text }) => text.match(/(?<=')TELLTALE_[A-Z_]+(?=')/g) ?? []))

const rows = readText('docs/errors.md')
  .split('\n')
  .flatMap((line) => {
    const [, code, meaning, remedy, ...rest] = line.split('|').map((cell) => cell.trim())
    return code?.startsWith('`TELLTALE_') ? [{ code: code.slice(1, -1), meaning, remedy, rest }] : []
  })

test('every code of an error is used', () => {
  expect(Object.keys(codes).filter((code) => !used.has(code))).toEqual([])
})

test('every code that is used is in the table of codes', () => {
  expect([...used].filter((code) => !Object.hasOwn(codes, code))).toEqual([])
})

test('no code has two meanings', () => {
  expect(Object.keys(errorCodes).filter((code) => Object.hasOwn(commandErrorCodes, code))).toEqual([])
})

test('the documentation has one row for each code, in the order of the tables', () => {
  expect(rows.map((row) => row.code)).toEqual(Object.keys(codes))
})

test('each row says what the code means, as the table does, and what to do', () => {
  for (const { code, meaning, remedy, rest } of rows) {
    expect({ code, meaning, rest }).toEqual({ code, meaning: codes[code], rest: [''] })
    expect(remedy, code).toMatch(/^[A-Z].{20,}\.$/)
  }
})
