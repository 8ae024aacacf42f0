import { test } from 'vitest'
import { runCommandLine } from '../../src/command-line.js'
test('x', async () => {
  await runCommandLine(['rules', '--out', '/tmp/gen/pack.yml', '--docs', '/tmp/gen/alerts.md', '--inhibit', '/tmp/gen/inhibit.yml', '--slo', '/tmp/obj.yml', '--job', 'nodejs-app', '--retention', '15d'])
  await runCommandLine(['rules', '--out', '/tmp/gen/pack-ko.yml', '--docs', '/tmp/gen/alerts.ko.md', '--language', 'ko', '--target', '3.x', '--slo', '/tmp/obj.yml', '--environment', 'production'])
})
