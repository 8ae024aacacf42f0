import { compileFunction } from 'node:vm'
import { TelltaleError } from '../../model/error.js'

/** What a web-config file needs of other packages. */
export interface Readers {
  /** The content of a YAML document: maps as `Map`, every scalar as text. Throws `TELLTALE_WEB_CONFIG`. */
  parseYaml(file: string, text: string): unknown
  /** Whether a password is the one that a bcrypt hash was made of. */
  comparePassword(password: string, hash: string): Promise<boolean>
}

/** The text of the readers, for a thread that has no files to load them from. */
export async function loadReadersText(): Promise<string> {
  return (await import('./readers-text.js')).readersText
}

/** Makes the readers from their text. Throws `TELLTALE_WEB_CONFIG` where the build left them out. */
export function makeReaders(text: string): Readers {
  if (text === '') {
    throw new TelltaleError(
      'TELLTALE_WEB_CONFIG',
      'web-config files cannot be read: this build of the package has no reader for them. Use the published package',
    )
  }
  const module = { exports: {} }
  const run = compileFunction(text, ['module', 'exports', 'require'], { filename: 'telltale-web-config' })
  run(module, module.exports, (name: string) => process.getBuiltinModule(name))
  // The text is what the build made of `foreign-readers.ts`, whose exports these are.
  return module.exports as Readers
}
