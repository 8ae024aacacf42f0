// npm start: installs, builds, and runs `telltale start` with the arguments it was given.
import { build, install, requireNode, root } from './workspace.mjs'

requireNode()
install()
build()
process.chdir(root)
process.argv.splice(2, 0, 'start')
await import('../packages/cli/dist/esm/command.js')
