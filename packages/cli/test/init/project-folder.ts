import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import { run } from '../../src/init/command.js'
import { Terminal } from '../../src/terminal.js'

/** A project in a temporary folder, and `telltale init` in it. */
export class ProjectFolder {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  static async with(files: Readonly<Record<string, string | object>>): Promise<ProjectFolder> {
    const folder = new ProjectFolder(await mkdtemp(join(tmpdir(), 'telltale-init-')))
    for (const [name, content] of Object.entries(files)) {
      await folder.write(name, typeof content === 'string' ? content : JSON.stringify(content))
    }
    return folder
  }

  async write(name: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.path, name)), { recursive: true })
    await writeFile(join(this.path, name), text)
  }

  read(name: string): Promise<string> {
    return readFile(join(this.path, name), 'utf8')
  }

  /** All files with their contents, to tell whether something changed. */
  async contents(): Promise<Readonly<Record<string, string>>> {
    const entries = await readdir(this.path, { recursive: true, withFileTypes: true })
    const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    const pairs = names.map(async (name) => [name.slice(this.path.length + 1), await readFile(name, 'utf8')])
    return Object.fromEntries(await Promise.all(pairs))
  }

  /** Runs `telltale init` here; resolves with its exit code and all that it said. */
  async init(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
    let said = ''
    const sink = new Writable({
      write(chunk, _, done) {
        said += chunk
        done()
      },
    })
    const terminal = new Terminal(Object.assign(sink, { isTTY: false }) as unknown as NodeJS.WriteStream)
    const language = args.some((arg) => arg.startsWith('--language')) ? [] : ['--language=en']
    const code = await run([this.path, ...language, ...args], terminal)
    return { code, said }
  }

  /** The plan as JSON. */
  async plan(...args: readonly string[]) {
    return JSON.parse((await this.init('--json', ...args)).said)
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true })
  }
}
