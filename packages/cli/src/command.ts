#!/usr/bin/env node
import { runCommandLine } from './command-line.js'

process.exitCode = await runCommandLine(process.argv.slice(2))
// An interrupted download may still hold the event loop; what matters is closed.
process.exit()
