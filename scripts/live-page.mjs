// Puts the live page into the library: a plugin for rolldown and for Vite, which fills the module that stands in its
// place among the sources. The page is one HTML with its style and its program in it, compressed here and never again.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { constants, gzipSync } from 'node:zlib'
import { build } from 'rolldown'

const source = (path) => fileURLToPath(new URL(`../packages/telltale/src/${path}`, import.meta.url))
const placeholder = source('serve/live/page-data.ts')
const folder = 'monitoring/live/page'

/** Made at the first need and kept, since both formats of the library and all test files have the same. */
export function livePage() {
  let data
  return {
    name: 'telltale:live-page',
    async load(id) {
      if (id.split('?', 1)[0] !== placeholder) return null
      data ??= pageData()
      return `export const pageData = ${JSON.stringify(await data)}\n`
    },
  }
}

async function pageData() {
  const style = inOneLine(readFileSync(source(`${folder}/page.css`), 'utf8'))
  const script = await program()
  const html = readFileSync(source(`${folder}/page.html`), 'utf8')
    .replace(/\n/g, '')
    .replace('<style></style>', () => `<style>${style}</style>`)
    .replace('<script></script>', () => `<script>${script}</script>`)
  return {
    gzip: gzipSync(html, { level: constants.Z_BEST_COMPRESSION }).toString('base64'),
    etag: `"${hash(html).slice(0, 22)}"`,
    policy: [
      "default-src 'none'",
      `script-src 'sha256-${hash(script)}'`,
      `style-src 'sha256-${hash(style)}'`,
      "connect-src 'self'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  }
}

async function program() {
  const { output } = await build({
    input: source(`${folder}/program.ts`),
    platform: 'browser',
    logLevel: 'warn',
    write: false,
    output: { format: 'iife', minify: true, codeSplitting: false },
  })
  // An end tag within a text would end the program.
  return output[0].code.trim().replaceAll('</script', '<\\/script')
}

function inOneLine(css) {
  return css
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .trim()
}

const hash = (text) => createHash('sha256').update(text).digest('base64')
