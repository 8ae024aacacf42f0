import type { RunCommand } from '../command-run.js'
import { checkFiles, writeFiles } from '../made-files/index.js'
import type { Terminal } from '../terminal.js'
import { type RuleDocuments, ruleDocuments } from './rule-files.js'
import { parseRules, rulesUsage } from './rules-options.js'

/** `telltale rules`. */
export const run: RunCommand = async (args, terminal) => {
  const options = parseRules(args, process.cwd())
  if (options === undefined) {
    terminal.line(rulesUsage)
    return 0
  }
  const made = await ruleDocuments(options)
  const { documents, counts } = made
  if (documents.length === 0) {
    print(made, terminal)
    return 0
  }
  warn(made, terminal)
  if (options.check) return checkFiles(documents, terminal)
  await writeFiles(documents, terminal)
  terminal.line(`${counts.recording} recording rules, ${counts.alerting} alerting rules`)
  return 0
}

/** On standard output with warnings as comments, so that the whole is a rule file. */
function print({ rules, warnings }: RuleDocuments, terminal: Terminal): void {
  for (const warning of warnings) terminal.line(`# Warning: ${warning}`)
  terminal.line(rules.trimEnd())
}

function warn({ warnings }: RuleDocuments, terminal: Terminal): void {
  for (const warning of warnings) terminal.line(`${terminal.colours.yellow('warning')} ${warning}`)
}
