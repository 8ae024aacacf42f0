// Puts the reader of YAML and bcrypt into the library as text: a plugin for rolldown and for Vite, which fills the
// module that stands in its place among the sources. As text, the telemetry thread can be given it too, and
// whoever has no web-config file never has it compiled.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

const folder = new URL('../packages/telltale/src/serve/web-config/', import.meta.url)
const readers = fileURLToPath(new URL('foreign-readers.ts', folder))
const placeholder = fileURLToPath(new URL('readers-text.ts', folder))

/** Made at the first need and kept, since both formats of the library and all test files have the same. */
export function embeddedReaders() {
  let text
  return {
    name: 'telltale:embedded-readers',
    async load(id) {
      if (id.split('?', 1)[0] !== placeholder) return null
      text ??= readersText()
      return `export const readersText = ${JSON.stringify(await text)}\n`
    },
  }
}

async function readersText() {
  const { output } = await build({
    input: readers,
    platform: 'node',
    logLevel: 'warn',
    write: false,
    // Without the condition "node", which leads to forms of these packages that nothing can be left out of.
    resolve: { conditionNames: ['import', 'default'] },
    output: { format: 'cjs', minify: true, codeSplitting: false },
  })
  return output[0].code
}

/** The licences of what is embedded, which ask to be kept with it. */
export function embeddedNotices() {
  const notices = ['bcryptjs', 'yaml'].map((name) => {
    const path = (file) => fileURLToPath(new URL(`../node_modules/${name}/${file}`, import.meta.url))
    const { version } = JSON.parse(readFileSync(path('package.json'), 'utf8'))
    return `${name} ${version}\n\n${readFileSync(path('LICENSE'), 'utf8').trim()}\n`
  })
  return `This package contains parts of the following.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`
}
