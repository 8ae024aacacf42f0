#!/usr/bin/env node
import { runCommandLine } from './command-line.js'

// When nobody reads any more, as after `| head`, what is under way is done all the same.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

process.exitCode = await runCommandLine(process.argv.slice(2))
// An interrupted download may still hold the event loop; what matters is closed.
process.exit()
