// The only file that imports packages of others. It is in the library as text, see `readers-text.ts`.
import { compare } from 'bcryptjs'
import { LineCounter, parseDocument } from 'yaml'
import { TelltaleError } from '../../model/error.js'

/** Whether a password is the one that a bcrypt hash was made of. */
export function comparePassword(password: string, hash: string): Promise<boolean> {
  return compare(password, hash)
}

/**
 * The content of a YAML document: maps as `Map`, lists as arrays, and every scalar as its text. Throws
 * `TELLTALE_WEB_CONFIG` with line and column, and without the text that stands there, which may be a secret.
 */
export function parseYaml(file: string, text: string): unknown {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false, lineCounter })
  const fault = document.errors[0]
  if (fault !== undefined) {
    const { line, col } = lineCounter.linePos(fault.pos[0])
    throw notYaml(file, `line ${line}, column ${col}: ${fault.code.toLowerCase().replaceAll('_', ' ')}`)
  }
  try {
    return document.toJS({ mapAsMap: true, maxAliasCount: 100 })
  } catch {
    throw notYaml(file, 'an alias names nothing, or there are too many')
  }
}

function notYaml(file: string, detail: string): TelltaleError {
  return new TelltaleError(
    'TELLTALE_WEB_CONFIG',
    `${file}: not valid YAML: ${detail}. Correct it there; promtool check web-config reads the same format`,
  )
}
