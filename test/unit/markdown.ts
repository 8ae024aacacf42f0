import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A fenced block: its language, the words behind it, and its text. */
export interface CodeBlock {
  readonly language: string
  readonly marks: readonly string[]
  readonly text: string
  readonly line: number
}

/** A heading, and the inline code between it and the next one. */
export interface Section {
  readonly level: number
  readonly title: string
  readonly code: readonly string[]
}

/** One document in Markdown, as far as the tests of the documentation need it. */
export interface Document {
  /** From the root of the workspace. */
  readonly path: string
  readonly blocks: readonly CodeBlock[]
  readonly sections: readonly Section[]
  /** The targets of all links, in order. */
  readonly links: readonly string[]
  /** The cells of every row of a table but for the heads. */
  readonly rows: readonly (readonly string[])[]
}

export function readDocument(path: string): Document {
  const { prose, blocks } = splitBlocks(readFileSync(join(root, path), 'utf8'))
  const lines = prose.split('\n')
  return {
    path,
    blocks,
    sections: sectionsOf(lines),
    links: [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!),
    rows: lines.flatMap((line, i) => (isRow(line) && isBelowHead(lines, i) ? [cellsOf(line)] : [])),
  }
}

/** The documents that this workspace has for its readers. */
export function allDocuments(): readonly Document[] {
  const inFolder = (folder: string) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => relative('.', join(folder, name)))
  const ofPackages = ['packages', 'examples'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}/README.md`),
  )
  const readmes = [...ofPackages, 'deploy/README.md'].filter((path) => existsSync(join(root, path)))
  return [...inFolder('.'), ...inFolder('docs'), ...readmes].map(readDocument)
}

/** The anchors that a link to this document may have, as GitHub makes them from headings. */
export function anchorsOf({ sections }: Document): readonly string[] {
  return sections.map(({ title }) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** Where a relative link of a document leads, from the root of the workspace; `undefined` for an address elsewhere. */
export function targetOf(document: Document, link: string): { path: string; anchor?: string } | undefined {
  if (/^[a-z]+:/.test(link)) return undefined
  const [path = '', anchor] = link.split('#')
  return { path: path === '' ? document.path : relative('.', join(dirname(document.path), path)), anchor }
}

function splitBlocks(text: string): { prose: string; blocks: CodeBlock[] } {
  const blocks: CodeBlock[] = []
  const fence = /^```([^\n]*)\n(.*?)^```$/gms
  const prose = text.replace(fence, (all: string, info: string, body: string, offset: number) => {
    const [language = '', ...marks] = info.trim().split(/\s+/)
    blocks.push({ language, marks, text: body, line: text.slice(0, offset).split('\n').length })
    return all.replace(/[^\n]+/g, '')
  })
  return { prose, blocks }
}

function sectionsOf(lines: readonly string[]): Section[] {
  const sections: { level: number; title: string; code: string[] }[] = []
  for (const line of lines) {
    const heading = /^(#{1,6}) (.+)$/.exec(line)
    if (heading) sections.push({ level: heading[1]!.length, title: heading[2]!, code: [] })
    else sections.at(-1)?.code.push(...[...line.matchAll(/`([^`]+)`/g)].map((match) => match[1]!))
  }
  return sections
}

function isRow(line: string): boolean {
  return line.startsWith('|')
}

/** A row that is neither a table's head nor the line of dashes below it. */
function isBelowHead(lines: readonly string[], at: number): boolean {
  return isRow(lines[at - 1] ?? '') && isRow(lines[at - 2] ?? '')
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}
