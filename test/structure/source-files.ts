import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** One file of the sources, as the tests of structure see it. */
export interface SourceFile {
  /** From the root of the workspace, with `/`. */
  readonly path: string
  readonly text: string
}

/** The text of a file, by its path from the root of the workspace. */
export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** The names of the entries of a folder that have sources of their own. */
export function foldersIn(path: string): readonly string[] {
  return entries(path).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
}

/** Every TypeScript file below a folder; none when there is no such folder. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  return entries(folder).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory())
      return entry.name === 'node_modules' || entry.name === 'dist' ? [] : sourceFiles(path)
    return /\.[cm]?tsx?$/.test(entry.name) ? [{ path, text: readText(path) }] : []
  })
}

/** What a file imports or exports from, types included, without what stands in its comments. */
export function importsOf({ text }: SourceFile): readonly string[] {
  const code = text.replace(/\/\*.*?\*\//gs, '').replace(/^\s*\/\/.*$/gm, '')
  const found = code.matchAll(/(?:^|[\s;}])(?:from|import|require)\s*\(?\s*['"]([^'"\n]+)['"]/g)
  return [...found].map((match) => match[1]!)
}

/** The path that a relative import means. */
export function resolveImport(from: SourceFile, specifier: string): string {
  const target = join(root, dirname(from.path), specifier.replace(/\.js$/, '.ts'))
  return relative(root, target).split(sep).join('/')
}

function entries(path: string) {
  try {
    return readdirSync(join(root, path), { withFileTypes: true })
  } catch {
    return []
  }
}
