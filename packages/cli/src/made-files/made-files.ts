import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { CommandError } from '../command-error.js'
import { fileFaultOf } from '../file-fault.js'
import type { Terminal } from '../terminal.js'
import { writeWholeFile } from '../whole-file.js'

/** One file as it should be. */
export interface MadeFile {
  /** Absolute. */
  readonly path: string
  readonly text: string
}

/** Writes the files and says so. Rejects with TELLTALE_DEPLOY when one cannot be written. */
export async function writeFiles(files: readonly MadeFile[], terminal: Terminal): Promise<void> {
  await Promise.all(files.map(write))
  for (const { path } of files) terminal.line(`${terminal.colours.green('written')} ${shown(path)}`)
}

/** Says which files are not as they should be, and writes nothing; the exit code is 1 when there are any. */
export async function checkFiles(files: readonly MadeFile[], terminal: Terminal): Promise<0 | 1> {
  const { green, red } = terminal.colours
  const states = await Promise.all(files.map(stateOf))
  states.forEach((state, index) => {
    const paint = state === 'up to date' ? green : red
    terminal.line(`${paint(state)} ${shown(files[index]!.path)}`)
  })
  if (states.every((state) => state === 'up to date')) return 0
  terminal.line('Run the same command without --check to write what is missing.')
  return 1
}

/** The first line of a file in YAML: the command that makes the same file again. */
export function madeBy(command: string, args: readonly string[]): string {
  const words = args.map((word) => (/^[\w./:=-]+$/.test(word) ? word : JSON.stringify(word)))
  return `# Made by \`${[command, ...words].join(' ')}\`. Changes here are overwritten.\n`
}

async function stateOf({ path, text }: MadeFile): Promise<'up to date' | 'differs' | 'missing'> {
  const existing = await readFile(path, 'utf8').catch(() => undefined)
  if (existing === undefined) return 'missing'
  return existing === text ? 'up to date' : 'differs'
}

async function write({ path, text }: MadeFile): Promise<void> {
  try {
    await writeWholeFile(path, text)
  } catch (error) {
    const why = fileFaultOf(error)
    throw new CommandError('TELLTALE_DEPLOY', `${shown(path)} cannot be written: ${why}; name another place`)
  }
}

const shown = (path: string) => relative(process.cwd(), path) || path
