import type { RunCommand } from '../command-run.js'
import { readCredentials } from '../doctor/probe/credentials.js'
import type { Terminal } from '../terminal.js'
import { wholeNumber } from '../top/figures.js'
import { relabelText } from './advice/drop-rule.js'
import { dropRules } from './apply/drop-rules.js'
import { diffLines } from './apply/line-diff.js'
import { certainOf, type PlannedChange, planChange } from './apply/planned-change.js'
import {
  readConfiguration,
  type WrittenConfiguration,
  writeConfiguration,
} from './apply/write-configuration.js'
import { studyJson } from './optimize-json.js'
import { optimizeUsage, parseOptimize } from './optimize-options.js'
import { studyLines } from './optimize-text.js'
import { reachPrometheus } from './server-contact.js'
import { type Study, study } from './study.js'
import { type ReportTexts, reportTexts } from './texts/index.js'

/** Where lines are printed. */
interface Lines {
  readonly colours: Terminal['colours']
  line(this: void, text?: string): void
}

/** Seconds that a single question may take. */
const ONE_QUESTION = 10

/** Characters of drop rules that are printed: more would push what was found off the screen. */
const MOST_RULES_TEXT = 2_000

/** `telltale optimize`. */
export const run: RunCommand = async (args, terminal) => {
  const options = parseOptimize(args)
  if (options === undefined) {
    terminal.line(optimizeUsage)
    return 0
  }
  const texts = reportTexts[options.language]
  const credentials = await readCredentials(options.credentials, process.env)
  const before = options.config === undefined ? undefined : await readConfiguration(options.config)
  const contact = await reachPrometheus(
    options.prometheus,
    credentials,
    Math.min(ONE_QUESTION, options.seconds),
  )
  const found = await study(contact, options, credentials, (text) => {
    terminal.status(terminal.colours.dim(texts.lookingAt(text)))
  })
  terminal.status('')
  const change = before === undefined ? undefined : planChange(before, options.config!, found.advice)
  const write = options.apply && change !== undefined && change.patch.patched.length > 0
  const written = write ? await writeConfiguration(options.config!, change.patch.after) : undefined
  if (options.json) terminal.line(JSON.stringify(studyJson(found, change, written !== undefined), null, 2))
  else {
    const lines: Lines = { colours: terminal.colours, line: (text) => terminal.line(text) }
    for (const line of studyLines(found, terminal.colours, options.language)) terminal.line(line)
    if (change === undefined) printRules(found, lines, texts)
    else printChange(found, options.config!, { change, written }, lines, texts)
  }
  return 0
}

function printRules({ advice }: Study, { colours, line }: Lines, texts: ReportTexts): void {
  const rules = dropRules(certainOf(advice))
  const shown = [...rules].map(([job, own]) => [job, relabelText(own)] as const)
  const isLong = shown.reduce((sum, [, text]) => sum + text.length, 0) > MOST_RULES_TEXT
  if (isLong) {
    line()
    line(texts.jobsGetRules([...rules.keys()].join(', ')))
    line(texts.showsThem)
    return
  }
  for (const [job, text] of shown) {
    line()
    line(colours.dim(`# ${texts.inJob(job)}`))
    line(text)
  }
  if (rules.size === 0) return
  line()
  line(texts.showsDiff)
}

/** A change, and what became of the file. */
interface MadeChange {
  readonly change: PlannedChange
  readonly written: WrittenConfiguration | undefined
}

function printChange(
  { server }: Study,
  config: string,
  { change, written }: MadeChange,
  { colours, line }: Lines,
  texts: ReportTexts,
): void {
  const { patch, saving, absent } = change
  line()
  line(colours.bold(colours.underline(config)))
  for (const text of diffLines(patch.before, patch.after, colours)) line(text)
  for (const job of absent) line(colours.yellow(texts.absentJob(job)))
  if (patch.patched.length === 0) {
    line(texts.nothingCertain)
    return
  }
  const series = texts.series(wholeNumber(saving.series))
  line()
  if (written === undefined) {
    line(texts.takesAway(series))
    return
  }
  line(colours.green(texts.written(written.checked, written.backup)))
  line(texts.afterReload(series, `curl -X POST ${server}/-/reload`))
}
