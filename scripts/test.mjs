// npm test: installs, builds, fetches the servers that the tests talk to, and runs every test. Arguments go to
// Vitest. The last line is "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, install, requireNode, root } from './workspace.mjs'

requireNode()
install()
build()
await provisionServers()

const folder = mkdtempSync(join(tmpdir(), 'telltale-test-'))
const report = join(folder, 'report.json')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
const { passed, failed } = count(status ?? 1)
rmSync(folder, { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function provisionServers() {
  const { provision, monitoringServers, databaseServers, pushgatewayServer, victoriaMetricsServer } =
    await import('../packages/cli/dist/esm/index.js')
  const kinds = [...monitoringServers, ...databaseServers, pushgatewayServer, victoriaMetricsServer]
  const { found, remedy } = await provision(kinds, {
    directory: root,
    say: (line) => console.log(line),
  })
  console.log(`servers for the tests: ${[...found.keys()].map((kind) => kind.name).join(', ')}`)
  // Not an excuse: the tests that need them fail.
  if (remedy !== undefined) console.error(remedy)
}

function count(exitCode) {
  const { numPassedTests, numFailedTests, testResults } = readReport()
  // A file that does not load has no tests to fail; neither has an error outside of every test.
  const broken = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(isFailed),
  )
  const counted = numFailedTests + broken.length
  return { passed: numPassedTests, failed: counted === 0 && exitCode !== 0 ? 1 : counted }
}

function isFailed(test) {
  return test.status === 'failed'
}

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, testResults: [] }
  }
}
