import { questions } from './questions/questions.js'
import { rivals } from './rivals.js'

// One question about one library, in this process: prints one line of JSON, with no values when it cannot do it.
const [question = '', name = ''] = process.argv.slice(2)
const rival = rivals[name]
const asked = questions[question]
if (rival === undefined || asked === undefined)
  throw new Error(`no question "${question}" or library "${name}"`)

let version = ''
const found = await asked.measure(async () => {
  const created = await rival()
  version = created.version
  return created
})
process.stdout.write(`${JSON.stringify({ values: found === undefined ? [] : [found].flat(), version })}\n`)
process.exit(0)
