import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { prometheusServer, runCommand } from '@telltale/cli'
import type { RuleFile } from 'telltale/monitoring'
import { stringify } from 'yaml'
import { installed, testFolder } from '../servers/index.js'

/** promtool on files in a folder of a test's own. */
export class Promtool {
  readonly #folder: Awaited<ReturnType<typeof testFolder>>

  private constructor(folder: Awaited<ReturnType<typeof testFolder>>) {
    this.#folder = folder
  }

  static async open(): Promise<Promtool> {
    return new Promtool(await testFolder('promtool'))
  }

  /** What `promtool check rules` says, and its exit code. */
  async check(rules: RuleFile): Promise<{ readonly code: number | null; readonly text: string }> {
    await this.#write('checked.yml', rules)
    const { code, tail } = await this.#run('check', 'rules', 'checked.yml')
    return { code, text: tail.join('\n') }
  }

  /** Runs unit tests of rules, evaluated every so often; resolves with what fails, '' for nothing. */
  async failures(rules: RuleFile, tests: readonly unknown[], every: string): Promise<string> {
    await this.#write('rules.yml', rules)
    // Left to itself promtool takes the groups in any order, and what a later one records is not yet there.
    const order = rules.groups.map(({ name }) => name)
    const options = { rule_files: ['rules.yml'], evaluation_interval: every, group_eval_order: order }
    await this.#write('tests.yml', { ...options, tests })
    const { code, tail } = await this.#run('test', 'rules', 'tests.yml')
    return code === 0 ? '' : tail.join('\n')
  }

  close(): Promise<void> {
    return this.#folder.remove()
  }

  async #run(...args: readonly string[]) {
    const installation = await installed(prometheusServer)
    const options = { cwd: this.#folder.path, env: installation.environment() }
    return runCommand(installation.command('promtool'), [...args], options)
  }

  async #write(name: string, data: unknown): Promise<void> {
    const text = stringify(data, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })
    await writeFile(join(this.#folder.path, name), text)
  }
}
