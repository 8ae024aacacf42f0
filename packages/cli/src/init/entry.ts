import { readFile, stat } from 'node:fs/promises'
import { dirname, extname, join, posix } from 'node:path'
import type { PackageManifest } from './package-manifest.js'

/** The file that an application starts with. */
export interface Entry {
  /** From the folder of the project, with `/`. */
  readonly path: string
  readonly text: string
  readonly language: 'javascript' | 'typescript'
  /** How it loads others. */
  readonly modules: 'import' | 'require'
  /** How it names a file beside it: with the ending of the source, of what is made of it, or without. */
  readonly ending: 'source' | 'javascript' | 'none'
}

const compiled = /^(?:\.\/)?(?:dist|build|out|lib)\//

const usual = ['main', 'index', 'server', 'app']
const endings = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']

/** Finds it by the scripts, the main field and usual names. Of compiled files, their source. */
export async function findEntry(directory: string, manifest: PackageManifest): Promise<Entry | undefined> {
  for (const path of candidates(manifest)) {
    if (!(await isFile(join(directory, path)))) continue
    const text = await readFile(join(directory, path), 'utf8')
    return { path, text, ...manner(path, text, manifest, await moduleSetting(directory)) }
  }
  return undefined
}

function candidates(manifest: PackageManifest): readonly string[] {
  const named = [...scriptFiles(manifest), ...(manifest.main === undefined ? [] : [manifest.main])].map(
    (path) => posix.normalize(path.replaceAll('\\', '/')),
  )
  const inside = named.filter((path) => !path.startsWith('..') && !posix.isAbsolute(path))
  const found = inside.flatMap((path) => (compiled.test(path) ? sourcesOf(path) : withEndings(path)))
  const guessed = ['src/', ''].flatMap((folder) =>
    usual.flatMap((name) => endings.map((ending) => `${folder}${name}${ending}`)),
  )
  return [...new Set([...found, ...guessed])]
}

/** The files that scripts give to node and to the programs that stand in for it. */
function scriptFiles({ scripts }: PackageManifest): readonly string[] {
  return ['start', 'dev', 'serve', 'start:dev'].flatMap((name) => {
    const line = scripts[name] ?? ''
    const runs = /(?:^|[\s/])(?:node|nodemon|tsx|ts-node|ts-node-dev|bun)\s/.test(line)
    return runs ? (line.match(/(?<=\s)[\w@./\\-]+\.[cm]?[jt]s(?=\s|$)/g) ?? []) : []
  })
}

function withEndings(path: string): readonly string[] {
  return extname(path) === '' ? endings.map((ending) => `${path}${ending}`) : [path]
}

/** `dist/esm/main.js` was made of `src/main.ts`, or of another file of that name. */
function sourcesOf(path: string): readonly string[] {
  const stem = posix.basename(path).replace(/\.[cm]?js$/, '')
  return ['src/', ''].flatMap((folder) =>
    ['.ts', '.mts', '.cts', '.js'].map((ending) => `${folder}${stem}${ending}`),
  )
}

function manner(
  path: string,
  text: string,
  manifest: PackageManifest,
  moduleKind: string,
): Omit<Entry, 'path' | 'text'> {
  if (/\.[cm]?ts$/.test(path)) {
    const direct = Object.values(manifest.scripts).some((line) => /\bnode\b[^&|;]*\.[cm]?ts\b/.test(line))
    const asModules = /^(?:node|preserve)/i.test(moduleKind) || manifest.type === 'module'
    return {
      language: 'typescript',
      modules: 'import',
      ending: direct ? 'source' : asModules ? 'javascript' : 'none',
    }
  }
  const isModule = path.endsWith('.mjs') || (manifest.type === 'module' && !path.endsWith('.cjs'))
  // A package without "type" may be compiled by something that knows import.
  const hasImport = /^\s*import\s[^(]/m.test(text) && !/\brequire\(/.test(text)
  return { language: 'javascript', modules: isModule || hasImport ? 'import' : 'require', ending: 'source' }
}

/** `compilerOptions.module` of tsconfig.json, which has comments and so is no JSON. */
async function moduleSetting(directory: string): Promise<string> {
  const text = await readFile(join(directory, 'tsconfig.json'), 'utf8').catch(() => '')
  return /"module"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? ''
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

/** The folder of an entry with `/` at its end, '' for that of the project. */
export function folderOf({ path }: Pick<Entry, 'path'>): string {
  const folder = dirname(path)
  return folder === '.' ? '' : `${folder}/`
}
