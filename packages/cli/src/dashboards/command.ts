import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import type { RunCommand } from '../command-run.js'
import { StackError } from '../stack/stack-error.js'
import type { Terminal } from '../terminal.js'
import { type DashboardFile, dashboardFiles } from './dashboard-files.js'
import { dashboardsUsage, parseDashboards } from './dashboards-options.js'

/** `telltale dashboards`. */
export const run: RunCommand = async (args, terminal) => {
  const options = parseDashboards(args, process.cwd())
  if (options === undefined) {
    terminal.line(dashboardsUsage)
    return 0
  }
  const files = await dashboardFiles(options)
  if (options.check) return check(files, terminal)
  await Promise.all(files.map(write))
  for (const { path } of files) terminal.line(`${terminal.colours.green('written')} ${shown(path)}`)
  return 0
}

async function check(files: readonly DashboardFile[], terminal: Terminal): Promise<number> {
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

async function stateOf({ path, text }: DashboardFile): Promise<'up to date' | 'differs' | 'missing'> {
  const existing = await readFile(path, 'utf8').catch(() => undefined)
  if (existing === undefined) return 'missing'
  return existing === text ? 'up to date' : 'differs'
}

async function write({ path, text }: DashboardFile): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StackError('TELLTALE_DEPLOY', `${path} cannot be written: ${why}; name another folder`)
  }
}

const shown = (path: string) => relative(process.cwd(), path) || path
