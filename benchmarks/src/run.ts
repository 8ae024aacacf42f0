import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { questions } from './question.js'
import { type Results, resultsPage, row } from './results-page.js'
import { rivals } from './rivals.js'

const execute = promisify(execFile)
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '3' },
    write: { type: 'string' },
  },
})

const names = Object.keys(rivals)
const asked = Object.keys(questions).filter((name) => !values.only || values.only.includes(name))
const results: Results = { rows: [], versions: new Map() }
for (const question of asked) {
  const { title, unit, goal } = questions[question]!
  const found = new Map<string, number | null>()
  // The rounds go over all libraries in turn, so that a disturbance of the machine does not hit one alone.
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const name of names) {
      const { value, version } = await measure(question, name)
      results.versions.set(name, version)
      const before = found.get(name)
      found.set(name, value === null ? null : Math.min(value, before ?? Infinity))
    }
  }
  results.rows.push({ title, unit, found, ...(goal && { goal }) })
  console.log(row(results.rows.at(-1)!, names))
}
const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`
if (values.write) {
  await writeFile(
    values.write,
    resultsPage(results, names, { machine, node: process.version, date: new Date() }),
  )
}

async function measure(question: string, name: string): Promise<{ value: number | null; version: string }> {
  const script = fileURLToPath(new URL('./measure.js', import.meta.url))
  const options = ['--expose-gc', '--max-old-space-size=8192', script, question, name]
  const { stdout } = await execute(process.execPath, options, { maxBuffer: 1 << 26 })
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}
