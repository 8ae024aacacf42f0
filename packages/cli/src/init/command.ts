import { createInterface } from 'node:readline/promises'
import type { RunCommand } from '../command-run.js'
import { exitCodeOf } from '../exit-code.js'
import type { Terminal } from '../terminal.js'
import { adviceFor } from './advice.js'
import { applyPlan } from './apply.js'
import { isWritten } from './change.js'
import { type InitOptions, initUsage, parseInit } from './init-options.js'
import { type InitPlan, planInit } from './init-plan.js'
import { type InitTexts, initTexts } from './init-texts.js'
import { printAdvice, printPlan } from './plan-text.js'

/** `telltale init`. */
export const run: RunCommand = async (args, terminal) => {
  const options = parseInit(args, process.cwd())
  if (options === undefined) {
    terminal.line(initUsage)
    return 0
  }
  const plan = await planInit(options)
  return options.json ? asJson(plan, options, terminal) : asText(plan, options, terminal)
}

async function asText(plan: InitPlan, options: InitOptions, terminal: Terminal): Promise<number> {
  const texts = initTexts[plan.shape.language]
  const count = plan.changes.filter(isWritten).length
  printPlan(plan, terminal)
  if (count === 0) {
    if (!options.dryRun) await applyPlan(plan)
    terminal.line(`  ${texts.nothing}`)
    printAdvice(plan, terminal)
    return 0
  }
  if (options.dryRun) {
    terminal.line(`  ${texts.wouldWrite(count)}`)
    printAdvice(plan, terminal)
    return 0
  }
  if (!options.yes) {
    const answer = await ask(texts, count)
    if (answer === 'interrupted') return exitCodeOf('SIGINT')
    if (answer !== 'yes') {
      terminal.line(`  ${answer === 'no' ? texts.declined : texts.needsYes}`)
      return answer === 'no' ? 0 : 1
    }
  }
  const written = await applyPlan(plan)
  terminal.line(`  ${terminal.colours.green('●')} ${texts.written(written.length)}`)
  printAdvice(plan, terminal)
  terminal.line(`  ${texts.next}`)
  return 0
}

async function ask(texts: InitTexts, count: number): Promise<'yes' | 'no' | 'nobody' | 'interrupted'> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return 'nobody'
  const reader = createInterface({ input: process.stdin, output: process.stdout })
  try {
    // Ctrl-D is a no.
    const closed = new Promise<string>((resolve) => reader.once('close', () => resolve('n')))
    const interrupted = new Promise<undefined>((resolve) => reader.once('SIGINT', () => resolve(undefined)))
    const answer = await Promise.race([reader.question(`  ${texts.question(count)}`), closed, interrupted])
    if (answer === undefined) return 'interrupted'
    return /^(?:y(?:es)?|예|네)?$/i.test(answer.trim()) ? 'yes' : 'no'
  } finally {
    reader.close()
  }
}

async function asJson(plan: InitPlan, options: InitOptions, terminal: Terminal): Promise<number> {
  const writes = options.yes && !options.dryRun
  if (writes) await applyPlan(plan)
  const { project, instrumentation, changes } = plan
  const output = {
    project: {
      name: project.name,
      framework: project.framework.name,
      modules: project.entry?.modules ?? (project.manifest.type === 'module' ? 'import' : 'require'),
      typescript: project.typescript,
      drivers: project.drivers,
      installed: project.installed,
      entry: project.entry?.path,
    },
    importLine: instrumentation.importLine,
    entry: plan.entry,
    changes: changes.map(({ kind, path, about }) => ({ kind, path, about })),
    advice: adviceFor(plan),
    written: writes,
  }
  terminal.line(JSON.stringify(output, null, 2))
  return 0
}
