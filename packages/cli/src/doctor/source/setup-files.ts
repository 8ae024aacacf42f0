import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { parse } from 'yaml'
import { filesMatching } from '../../lint/index.js'
import { Once } from '../probe/once.js'
import { Unavailable } from '../unavailable.js'

/** A file that was read. */
export interface SetupFile {
  /** From the working directory, for people. */
  readonly path: string
  readonly text: string
}

export interface FilePaths {
  /** prometheus.yml, as the user named it. */
  readonly config: string | undefined
  /** Where it is looked for when the user names none, the best first. */
  readonly candidates: () => Promise<readonly string[]>
  readonly alertmanager: string | undefined
  readonly dashboards: readonly string[]
  /** The working directory. */
  readonly directory: string
}

/** Larger files are no dashboards and no rules. */
const mostBytes = 8 * 1024 * 1024
const mostDashboards = 500

/** The files of a setup. Everything is read once. */
export class SetupFiles {
  readonly #paths: FilePaths
  readonly #once = new Once()

  constructor(paths: FilePaths) {
    this.#paths = paths
  }

  /** prometheus.yml. Rejects with Unavailable when none was named and none lies where it usually does. */
  prometheus(): Promise<SetupFile> {
    return this.#once.get('prometheus', async () => {
      const { config } = this.#paths
      if (config !== undefined) {
        const file = await this.#read(config)
        if (file !== undefined) return file
        throw new Unavailable(config, { en: 'there is no such file', ko: '그런 파일이 없습니다' })
      }
      const candidates = await this.#paths.candidates()
      for (const path of candidates) {
        const file = await this.#read(path)
        if (file !== undefined) return file
      }
      throw new Unavailable('prometheus.yml', {
        en: `none in ${candidates.join(', ')}; name it with --config FILE`,
        ko: `${candidates.join(', ')} 에 없습니다. --config FILE로 지정하세요`,
      })
    })
  }

  /** Whether the user named a prometheus.yml that is not there. */
  async missing(): Promise<string | undefined> {
    const { config } = this.#paths
    return config !== undefined && (await this.#read(config)) === undefined ? config : undefined
  }

  /** The content of prometheus.yml. Rejects with Unavailable when it cannot be read as YAML. */
  async configuration(): Promise<Readonly<Record<string, unknown>>> {
    const { path, text } = await this.prometheus()
    try {
      const content: unknown = parse(text, { version: '1.1' })
      if (isRecord(content)) return content
    } catch {
      // What is wrong with it is told by lint.
    }
    throw new Unavailable(path, { en: 'cannot be read as YAML', ko: 'YAML로 읽을 수 없습니다' })
  }

  /** The patterns in rule_files, each with the files that it means. */
  async rulePatterns(): Promise<readonly { readonly pattern: string; readonly files: readonly string[] }[]> {
    const [{ path }, { rule_files: patterns }] = await Promise.all([this.prometheus(), this.configuration()])
    const folder = dirname(resolve(this.#paths.directory, path))
    return (Array.isArray(patterns) ? patterns : []).map((pattern) => ({
      pattern: String(pattern),
      files: filesMatching(String(pattern), folder),
    }))
  }

  /** The rule files that prometheus.yml names. */
  rules(): Promise<readonly SetupFile[]> {
    return this.#once.get('rules', async () => {
      const paths = new Set((await this.rulePatterns()).flatMap(({ files }) => files))
      const files = await Promise.all([...paths].map((path) => this.#read(path)))
      return files.flatMap((file) => file ?? [])
    })
  }

  /** alertmanager.yml: the one that was named, or the one beside prometheus.yml. */
  alertmanager(): Promise<SetupFile> {
    return this.#once.get('alertmanager', async () => {
      const { alertmanager, directory } = this.#paths
      const path =
        alertmanager ?? join(dirname(resolve(directory, (await this.prometheus()).path)), 'alertmanager.yml')
      const file = await this.#read(path)
      if (file !== undefined) return file
      throw new Unavailable(this.#shown(path), {
        en: 'there is no such file; name it with --alertmanager-config FILE',
        ko: '그런 파일이 없습니다. --alertmanager-config FILE로 지정하세요',
      })
    })
  }

  /** Every JSON file below the folders of the dashboards. */
  dashboards(): Promise<readonly SetupFile[]> {
    return this.#once.get('dashboards', async () => {
      const paths = (await Promise.all(this.#paths.dashboards.map((path) => this.#jsonFilesIn(path)))).flat()
      const files = await Promise.all(
        [...new Set(paths)].slice(0, mostDashboards).map((path) => this.#read(path)),
      )
      return files.flatMap((file) => file ?? [])
    })
  }

  /** A path as it is on this machine. */
  whole(path: string): string {
    return resolve(this.#paths.directory, path)
  }

  /** Where dashboards were looked for. */
  get dashboardFolders(): readonly string[] {
    return this.#paths.dashboards
  }

  async #jsonFilesIn(path: string): Promise<readonly string[]> {
    const full = resolve(this.#paths.directory, path)
    const info = await stat(full).catch(() => undefined)
    if (info === undefined) return []
    if (info.isFile()) return [full]
    const entries = await readdir(full, { recursive: true }).catch(() => [])
    return entries
      .filter((entry) => entry.endsWith('.json') && !entry.includes('node_modules'))
      .map((entry) => join(full, entry))
      .sort()
  }

  async #read(path: string): Promise<SetupFile | undefined> {
    const full = resolve(this.#paths.directory, path)
    return this.#once.get(`file ${full}`, async () => {
      const info = await stat(full).catch(() => undefined)
      if (info === undefined || !info.isFile() || info.size > mostBytes) return undefined
      const text = await readFile(full, 'utf8').catch(() => undefined)
      return text === undefined ? undefined : { path: this.#shown(full), text }
    })
  }

  #shown(path: string): string {
    const short = relative(this.#paths.directory, path)
    return short === '' || short.startsWith('..') ? path : short
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
