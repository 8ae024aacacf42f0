import type { RunCommand } from '../command-run.js'
import { readCredentials } from '../doctor/probe/credentials.js'
import type { Terminal } from '../terminal.js'
import { wholeNumber } from '../top/figures.js'
import { sumOf } from './advice/advice.js'
import { type ConfigurationPatch, patchConfiguration } from './apply/configuration-patch.js'
import { dropRules } from './apply/drop-rules.js'
import { diffLines } from './apply/line-diff.js'
import {
  readConfiguration,
  type WrittenConfiguration,
  writeConfiguration,
} from './apply/write-configuration.js'
import { studyJson } from './optimize-json.js'
import { type OptimizeOptions, optimizeUsage, parseOptimize } from './optimize-options.js'
import { studyLines } from './optimize-text.js'
import { reachPrometheus } from './server-contact.js'
import { type Study, study } from './study.js'

/** Seconds that a single question may take. */
const ONE_QUESTION = 10

/** `telltale optimize`. */
export const run: RunCommand = async (args, terminal) => {
  const options = parseOptimize(args)
  if (options === undefined) {
    terminal.line(optimizeUsage)
    return 0
  }
  const credentials = await readCredentials(options.credentials, process.env)
  const before = options.config === undefined ? undefined : await readConfiguration(options.config)
  const contact = await reachPrometheus(
    options.prometheus,
    credentials,
    Math.min(ONE_QUESTION, options.seconds),
  )
  const found = await study(contact, options, credentials, (text) => {
    terminal.status(terminal.colours.dim(`looking at ${text} …`))
  })
  terminal.status('')
  const patch =
    before === undefined ? undefined : patchConfiguration(before, options.config!, dropRules(found.advice))
  const write = options.apply && patch !== undefined && patch.patched.length > 0
  const written = write ? await writeConfiguration(options.config!, patch.after) : undefined
  if (options.json) terminal.line(JSON.stringify(studyJson(found, patch, written !== undefined), null, 2))
  else print(found, patch, written, options, terminal)
  return 0
}

function print(
  found: Study,
  patch: ConfigurationPatch | undefined,
  written: WrittenConfiguration | undefined,
  options: OptimizeOptions,
  terminal: Terminal,
): void {
  const { bold, underline, green, yellow } = terminal.colours
  for (const line of studyLines(found, terminal.colours)) terminal.line(line)
  const certain = found.advice.filter(({ drops }) => drops.length > 0)
  if (patch === undefined) {
    if (certain.length > 0)
      terminal.line('Add --config prometheus.yml to see the change, and --apply to write it.')
    return
  }
  terminal.line()
  terminal.line(bold(underline(options.config!)))
  if (patch.patched.length === 0) {
    terminal.line(
      certain.length === 0 ? 'Nothing is certain enough to be changed.' : 'None of its jobs is changed.',
    )
  }
  for (const line of diffLines(patch.before, patch.after, terminal.colours)) terminal.line(line)
  for (const job of patch.absent)
    terminal.line(yellow(`The job ${job} is not in this file: it is left as it is.`))
  if (patch.patched.length === 0) return
  const series = wholeNumber(sumOf(certain.map(({ saving }) => saving)).series)
  terminal.line()
  if (written === undefined) {
    terminal.line(`This takes ${series} series away. Add --apply to write it.`)
    return
  }
  terminal.line(
    green(
      `Written, ${written.checked ? 'and checked by promtool' : 'not checked: promtool is not here'}. The old file is ${written.backup}.`,
    ),
  )
  terminal.line(
    `${series} series are gone with the first scrape after a reload: curl -X POST ${found.server}/-/reload`,
  )
}
