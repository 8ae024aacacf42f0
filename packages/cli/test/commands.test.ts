import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runCommandLine } from '../src/command-line.js'
import { commands } from '../src/commands.js'
import { captureOutput } from './captured-output.js'

const output = captureOutput()
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'telltale-commands-'))
  writeFileSync(join(folder, 'metrics.txt'), '# TYPE a_total counter\na_total 1\n')
  writeFileSync(join(folder, 'list.yml'), '- one\n')
})

afterAll(() => rmSync(folder, { recursive: true }))

const names = Object.keys(commands)

describe.each(names)('telltale %s', (name) => {
  test('has a help of the same form as the others', async () => {
    expect(await runCommandLine([name, '--help'])).toBe(0)
    const parts = output.stdout.trimEnd().split('\n\n')
    expect(parts[0]).toMatch(new RegExp(`^Usage: telltale ${name} .*\\[options\\]`))
    expect(parts[1]).toMatch(/^[A-Z][^\n]*[^.\n]\.$/)
    const headings = [...output.stdout.matchAll(/^(Usage|Options|Examples|Exit code): ?/gm)].map(
      (match) => match[1],
    )
    expect(headings).toEqual(['Usage', 'Options', 'Examples', 'Exit code'])
    expect(output.stdout).toMatch(/^ {2}-h, --help {2,}this text$/m)
    expect(parts.at(-1)).toMatch(/^Exit code: 0 .*, 1 .*, 2 wrong arguments.*\.$/)
    expect(output.stdout.split('\n').filter((line) => line.length > 120)).toEqual([])
  })

  test.each([['-h'], ['--help'], ['help']])('shows it for %s', async (flag) => {
    const args = flag === 'help' ? [flag, name] : [name, flag]
    expect(await runCommandLine(args)).toBe(0)
    expect(output.stdout).toContain(`Usage: telltale ${name} `)
  })

  test.each([
    ['--halp', 'there is no option --halp; did you mean --help?'],
    ['--help=yes', '--help takes no value; leave out what is behind the ='],
    ['-?', 'there is no option -?'],
  ])('refuses %s', async (flag, message) => {
    expect(await runCommandLine([name, flag])).toBe(2)
    expect(output.stderr).toBe(`telltale: ${message}\nSee telltale ${name} --help.\n`)
    expect(output.stdout).toBe('')
  })
})

describe('a mistake', () => {
  const inFolder = (path: string) => join(folder, path)

  test.each<[line: string, code: 1 | 2, message: string]>([
    ['init a b', 2, 'got 2 folders, of which "b" is the second; give one'],
    ['init @/nowhere', 1, 'package.json cannot be read: there is no such file (ENOENT); go to the folder'],
    ['init --target 9', 2, '--target is "9"; give the version of Prometheus, 2.42 to 3.x'],
    ['init --environment x', 2, '--environment is "x"; give development, staging or production'],
    ['up a b', 2, 'got 2 folders, of which "b" is the second; give one; a command stands behind --'],
    ['up --', 2, 'behind -- there is no command; give one, or leave -- out'],
    ['up --app-port x', 2, '--app-port is "x"; give a port from 1 to 65535'],
    ['up @/nowhere', 1, 'package.json cannot be read'],
    ['start shop', 2, '"shop" is no option, and this command takes nothing else'],
    ['start --metrics-port 3000', 2, '--app-port and --metrics-port are both 3000; give two'],
    ['rules a', 2, '"a" is no option, and this command takes nothing else'],
    ['rules --check', 2, '--check has nothing to compare; name the files'],
    ['rules --tune @/nowhere.yml', 2, 'nowhere.yml cannot be used: there is no such file (ENOENT)'],
    ['rules --tune @/list.yml', 2, 'list.yml cannot be used: it has to be a mapping'],
    ['rules --slo @', 2, 'cannot be used: it is a folder (EISDIR)'],
    ['rules --prefix a-b', 2, '--prefix is "a-b"; give what a name may begin with'],
    ['rules --out @', 1, 'cannot be written: it is a folder (EISDIR); name another place'],
    ['rules --out @/list.yml/x', 1, 'cannot be written: a file is where a folder has to be (EEXIST)'],
    ['dashboards --interval often', 2, '--interval is "often"; give a duration as Prometheus writes it'],
    ['dashboards --namespace x', 2, '--namespace is of ConfigMaps; name their file with --kubernetes'],
    ['doctor a', 2, '"a" is no option, and this command takes nothing else'],
    ['doctor --timeout 0', 2, '--timeout is "0"; give seconds from 0.1 to 600'],
    ['doctor --credentials @/nowhere', 2, 'cannot be read: there is no such file (ENOENT); give a YAML file'],
    ['lint --as logs', 2, '--as is "logs"; give metrics, rules, prometheus, alertmanager or dashboard'],
    ['lint --update-baseline', 2, '--update-baseline needs the file: give it as --baseline FILE'],
    ['lint @/metrics.txt --baseline @/nowhere', 2, 'there is no such file (ENOENT); make it with'],
    ['lint @/metrics.txt --output @', 2, 'cannot be written: it is a folder (EISDIR); name another file'],
    ['optimize a b', 2, 'got 2 addresses, of which "b" is the second; give one'],
    ['optimize --apply', 2, '--apply needs --config FILE'],
    ['optimize --seconds 0', 2, '--seconds is "0"; give a number from 1 to 3600'],
    ['optimize --only x', 2, '--only is "x"; give unused, cardinality, labels, buckets, intervals'],
    [
      'optimize --keep-list @',
      2,
      'cannot be read: it is a folder (EISDIR); give a file with one name a line',
    ],
    [
      'optimize --config @/nowhere',
      2,
      'cannot be read: there is no such file (ENOENT); give the prometheus.yml',
    ],
    ['plan a b', 2, 'got 2 addresses, of which "b" is the second; give one: one instance stands for all'],
    ['plan @/metrics.txt --targets @', 2, 'cannot be read: it is a folder (EISDIR)'],
    ['plan @/metrics.txt --memory 0', 2, '--memory is "0"; give a size such as 500MB or 16GB'],
    ['plan @/metrics.txt --write @/list.yml', 1, 'cannot be written: a file is where a folder has to be'],
    ['plan nowhere.txt', 2, '"nowhere.txt" is neither a file nor an address; give'],
    ['plan @', 1, 'it is a folder (EISDIR); give a file that can be read'],
    ['top a b', 2, 'got 2 addresses, of which "b" is the second; give one: top watches one'],
    ['top --view fast', 2, '--view is "fast"; give busiest, slowest, failing or growing'],
    ['top --rows 1.5', 2, '--rows is "1.5"; give a whole number from 1 to 1000000'],
    ['top --interval 0', 2, '--interval is "0"; give seconds from 0.1 to 3600'],
    ['completion', 2, 'the shell is missing; give one of bash, zsh, fish'],
    ['completion tcsh', 2, '"tcsh" is no shell that is known; give one of bash, zsh, fish'],
    ['completion bash zsh', 2, 'got 2 shells, of which "zsh" is the second; give one'],
    ['lnit', 2, 'there is no command "lnit"; did you mean telltale init?'],
    ['--verison', 2, 'there is no option "--verison"; did you mean telltale --version?'],
    ['help lnit', 2, 'there is no command "lnit"; did you mean telltale init?'],
  ])('%s', async (line, code, message) => {
    const args = line.split(' ').map((word) => (word.startsWith('@') ? inFolder(word.slice(1)) : word))
    expect(await runCommandLine(args)).toBe(code)
    expect(output.stderr).toContain(message)
    expect(output.stderr).toMatch(/^telltale: /)
    expect(output.stderr).not.toMatch(/^ {4}at /m)
  })

  test('of the command itself is told without its stack, and with it for who asks', async () => {
    const broken = vi.spyOn(commands.completion!, 'load').mockRejectedValue(new RangeError('one too far'))
    expect(await runCommandLine(['completion', 'bash'])).toBe(1)
    expect(output.stderr).toMatch(
      /^telltale: RangeError: one too far\nThis is a fault of telltale itself\. .*\n$/,
    )
    vi.stubEnv('TELLTALE_STACK', '1')
    await runCommandLine(['completion', 'bash'])
    vi.unstubAllEnvs()
    expect(output.stderr).toMatch(/^ {4}at /m)
    broken.mockRestore()
  })
})
