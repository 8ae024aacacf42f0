import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import type { RunCommand } from '../command-run.js'
import { StackError } from '../stack/stack-error.js'
import type { Terminal } from '../terminal.js'
import { type RuleDocument, type RuleDocuments, ruleDocuments } from './rule-files.js'
import { parseRules, rulesUsage } from './rules-options.js'

/** `telltale rules`. */
export const run: RunCommand = async (args, terminal) => {
  const options = parseRules(args, process.cwd())
  if (options === undefined) {
    terminal.line(rulesUsage)
    return 0
  }
  const made = await ruleDocuments(options)
  if (options.check) return check(made, terminal)
  await Promise.all(made.documents.map(write))
  if (made.documents.length === 0) print(made, terminal)
  else report(made, terminal)
  return 0
}

/** On standard output with warnings as comments, so that the whole is a rule file. */
function print({ rules, warnings }: RuleDocuments, terminal: Terminal): void {
  for (const warning of warnings) terminal.line(`# Warning: ${warning}`)
  terminal.line(rules.trimEnd())
}

function report({ documents, counts, warnings }: RuleDocuments, terminal: Terminal): void {
  const { green, yellow } = terminal.colours
  for (const warning of warnings) terminal.line(`${yellow('warning')} ${warning}`)
  for (const { path } of documents) terminal.line(`${green('written')} ${shown(path)}`)
  terminal.line(`${counts.recording} recording rules, ${counts.alerting} alerting rules`)
}

async function check({ documents, warnings }: RuleDocuments, terminal: Terminal): Promise<number> {
  const { green, red, yellow } = terminal.colours
  for (const warning of warnings) terminal.line(`${yellow('warning')} ${warning}`)
  let stale = 0
  for (const document of documents) {
    const state = await stateOf(document)
    if (state !== 'up to date') stale++
    terminal.line(`${(state === 'up to date' ? green : red)(state)} ${shown(document.path)}`)
  }
  if (stale > 0) terminal.line('Run the same command without --check to write what is missing.')
  return stale === 0 ? 0 : 1
}

async function stateOf({ path, text }: RuleDocument): Promise<'up to date' | 'differs' | 'missing'> {
  const existing = await readFile(path, 'utf8').catch(() => undefined)
  if (existing === undefined) return 'missing'
  return existing === text ? 'up to date' : 'differs'
}

async function write({ path, text }: RuleDocument): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StackError('TELLTALE_DEPLOY', `${path} cannot be written: ${why}; name another file`)
  }
}

const shown = (path: string) => relative(process.cwd(), path) || path
