// Puts the program of the telemetry thread into the library as text: a plugin for rolldown and for Vite, which
// fills the module that stands in its place among the sources.
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

const folder = new URL('../packages/telltale/src/serve/telemetry/', import.meta.url)
const program = fileURLToPath(new URL('program.ts', folder))
const placeholder = fileURLToPath(new URL('program-text.ts', folder))

/** Made at the first need and kept, since both formats of the library and all test files have the same. */
export function threadProgram() {
  let text
  return {
    name: 'telltale:thread-program',
    async load(id) {
      if (id.split('?', 1)[0] !== placeholder) return null
      text ??= programText()
      return `export const programText = ${JSON.stringify(await text)}\n`
    },
  }
}

/** The program, with all that it imports, as one CommonJS text. */
async function programText() {
  const { output } = await build({
    input: program,
    platform: 'node',
    logLevel: 'warn',
    write: false,
    output: { format: 'cjs', minify: true, codeSplitting: false },
  })
  // Within a function, since its short names would clash with globals, such as the `gc` of --expose-gc.
  return `(()=>{${output[0].code}
})()`
}
