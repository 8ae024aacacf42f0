import type { RunCommand } from '../command-run.js'
import { allIds } from './all-ids.js'
import { doctor } from './doctor.js'
import { parseDoctor } from './doctor-options.js'
import { doctorUsage } from './doctor-usage.js'

/** `telltale doctor`. */
export const run: RunCommand = async (args, terminal) => {
  const options = await parseDoctor(args, allIds, process.env, process.cwd())
  if (options !== undefined) return doctor(options, terminal)
  terminal.line(doctorUsage)
  return 0
}
