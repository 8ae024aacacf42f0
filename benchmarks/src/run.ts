import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { questions } from './questions/questions.js'
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

const known = [...Object.keys(questions), 'requests']
const unknown = values.only?.filter((name) => !known.includes(name)) ?? []
if (unknown.length > 0) {
  console.error(`--only: got ${unknown.join(', ')}, expected some of ${known.join(', ')}`)
  process.exit(2)
}
const names = Object.keys(rivals)
const asked = Object.keys(questions).filter((name) => !values.only || values.only.includes(name))
const results: Results = { rows: [], versions: new Map() }
for (const question of asked) {
  const { title, unit, goal, beside = [] } = questions[question]!
  const found = [title, ...beside].map(
    () => new Map<string, number | null>(names.map((name) => [name, null])),
  )
  // The rounds go over all libraries in turn, so that a disturbance of the machine does not hit one alone.
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const name of names) {
      const { values: measured, version } = await measure(question, name)
      results.versions.set(name, version)
      for (const [i, value] of measured.entries()) {
        found[i]!.set(name, Math.min(value, found[i]!.get(name) ?? Infinity))
      }
    }
  }
  for (const [i, each] of [title, ...beside].entries()) {
    results.rows.push({ title: each, unit, found: found[i]!, ...(i === 0 && goal && { goal }) })
    console.log(row(results.rows.at(-1)!, names))
  }
}
// In a process of its own, which binds itself to a core.
const requests = !values.only || values.only.includes('requests') ? await output('./request-loss.js') : ''
console.log(requests)
const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`
if (values.write) {
  await writeFile(
    values.write,
    resultsPage(results, names, { machine, node: process.version, date: new Date() }, requests),
  )
}

async function output(script: string): Promise<string> {
  const file = fileURLToPath(new URL(script, import.meta.url))
  return (await execute(process.execPath, [file], { maxBuffer: 1 << 26 })).stdout.trim()
}

async function measure(
  question: string,
  name: string,
): Promise<{ values: readonly number[]; version: string }> {
  const script = fileURLToPath(new URL('./measure.js', import.meta.url))
  const options = ['--expose-gc', '--max-old-space-size=8192', script, question, name]
  const { stdout } = await execute(process.execPath, options, { maxBuffer: 1 << 26 })
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}
