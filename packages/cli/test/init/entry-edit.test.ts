import { expect, test } from 'vitest'
import type { Entry } from '../../src/init/entry.js'
import { editEntry } from '../../src/init/entry-edit.js'

function edit(text: string, different: Partial<Entry> = {}) {
  const entry: Entry = {
    path: 'server.js',
    text,
    language: 'javascript',
    modules: 'import',
    ending: 'source',
    ...different,
  }
  const specifier = './telltale.js'
  const importLine = entry.modules === 'import' ? `import '${specifier}'` : `require('${specifier}')`
  return editEntry(entry, { path: 'telltale.js', text: '', specifier, importLine, use: String })
}

test.each([
  ['first', "import a from 'a'\n", "import './telltale.js'\nimport a from 'a'\n"],
  ['below #!', '#!/usr/bin/env node\nx()\n', "#!/usr/bin/env node\nimport './telltale.js'\nx()\n"],
  [
    'below comments',
    '// The shop.\n/* by us */\n\nx()\n',
    "// The shop.\n/* by us */\n\nimport './telltale.js'\nx()\n",
  ],
  ['with the line ends of the file', 'x()\r\ny()\r\n', "import './telltale.js'\r\nx()\r\ny()\r\n"],
  ['into an empty file', '', "import './telltale.js'\n"],
])('the line is put %s', (_, before, after) => {
  expect(edit(before)).toEqual({ kind: 'edit', text: after })
})

test("'use strict' stays the first statement", () => {
  const text = "'use strict'\n\nconst a = require('a')\n"
  expect(edit(text, { modules: 'require' })).toEqual({
    kind: 'edit',
    text: "'use strict'\n\nrequire('./telltale.js')\nconst a = require('a')\n",
  })
})

test.each([
  "import './telltale.js'",
  'import { metrics } from "./telltale.js"',
  "await import('./telltale.js')",
])('a file with %s needs nothing', (line) => {
  expect(edit(`x()\n${line}\n`)).toEqual({ kind: 'there' })
})

test.each([
  [
    'is CommonJS and has an import',
    "import a from 'a'\nconst b = require('b')\n",
    { modules: 'require' as const },
  ],
  ['is a module that only requires', "const b = require('b')\n", {}],
  ['was made by a bundler', `${'x'.repeat(3_000)}\n`, {}],
])('a file that %s is left alone', (_, text, different) => {
  expect(edit(text, different)).toEqual({ kind: 'unsafe' })
})
