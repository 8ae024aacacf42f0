/** The parts of a command's help, in the order in which every command has them. */
export interface CommandHelp {
  /** What stands behind `telltale`, as `lint [FILE]... [options]`. */
  readonly usage: string
  /** What it does, in one sentence. */
  readonly about: string
  /** What else is good to know before it is run. */
  readonly details?: string
  /** A line for each, indented by two spaces; completion reads them. */
  readonly options: string
  /** What is good to know about the options. */
  readonly notes?: string
  /** Lines that can be typed as they stand, indented by two spaces. */
  readonly examples: string
  /** What the exit codes mean. Default: 0 done, 1 something failed, 2 wrong arguments. */
  readonly exitCode?: string
}

/** The text that `--help` prints. */
export function helpText(help: CommandHelp): string {
  const { usage, about, details, options, notes, examples } = help
  const { exitCode = '0 done, 1 something failed, 2 wrong arguments' } = help
  const parts = [
    `Usage: telltale ${usage}`,
    about,
    details,
    `Options:\n${options}`,
    notes,
    `Examples:\n${examples}`,
    `Exit code: ${exitCode}.`,
  ]
  return parts.filter((part) => part !== undefined).join('\n\n')
}
