import type { RunCommand } from '../command-run.js'
import { checkFiles, writeFiles } from '../made-files/index.js'
import { dashboardFiles } from './dashboard-files.js'
import { dashboardsUsage, parseDashboards } from './dashboards-options.js'

/** `telltale dashboards`. */
export const run: RunCommand = async (args, terminal) => {
  const options = parseDashboards(args, process.cwd())
  if (options === undefined) {
    terminal.line(dashboardsUsage)
    return 0
  }
  const files = await dashboardFiles(options)
  if (options.check) return checkFiles(files, terminal)
  await writeFiles(files, terminal)
  return 0
}
