import type { Entry } from './entry.js'
import type { Instrumentation } from './instrumentation.js'

/** What becomes of the entry: its new text, that it loads the file already, or why it is left alone. */
export type EntryEdit =
  | { readonly kind: 'edit'; readonly text: string }
  | { readonly kind: 'there' }
  | { readonly kind: 'unsafe' }

/** Puts the line that loads the instrumentation at the top of an entry: below `#!`, comments and directives. */
export function editEntry(entry: Entry, { specifier, importLine }: Instrumentation): EntryEdit {
  if (loads(entry.text, specifier)) return { kind: 'there' }
  if (!isPlain(entry)) return { kind: 'unsafe' }
  const at = placeFor(entry.text)
  const newline = entry.text.includes('\r\n') ? '\r\n' : '\n'
  const head = entry.text.slice(0, at)
  const gap = head === '' || head.endsWith('\n') ? '' : newline
  return { kind: 'edit', text: `${head}${gap}${importLine}${newline}${entry.text.slice(at)}` }
}

function loads(text: string, specifier: string): boolean {
  return text.includes(`'${specifier}'`) || text.includes(`"${specifier}"`)
}

/** A file whose two module systems are mixed, or that was made by a bundler, is not touched. */
function isPlain({ text, modules, language }: Entry): boolean {
  if (text.includes('\0') || text.split('\n').some((line) => line.length > 2_000)) return false
  if (language === 'typescript') return true
  const requires = /\brequire\(/.test(text)
  const imports = /^\s*(?:import\s*['"{*\w]|export\s)/m.test(text)
  return modules === 'import' ? !requires || imports : !imports
}

const prologue =
  /^\uFEFF?(?:#![^\n]*\n)?(?:\s*(?:\/\/[^\n]*\n|\/\*[\s\S]*?\*\/[ \t]*\n|(['"])use strict\1;?[ \t]*\r?\n))*/

/** Behind what has to stay first. A blank line above the first statement stays above the new one. */
function placeFor(text: string): number {
  const head = prologue.exec(text)?.[0] ?? ''
  const blank = /^(?:[ \t]*\r?\n)+/.exec(text.slice(head.length))?.[0] ?? ''
  return head.length + (head === '' ? 0 : blank.length)
}
