import { readdir, readFile, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { fileFaultOf } from '../file-fault.js'
import type { Finding } from '../finding/index.js'
import { metricsAddressOf } from '../http/index.js'
import { isCandidate } from './document-kind.js'
import { type FetchOptions, fetchBody } from './fetched.js'
import { lintChecks } from './lint-checks.js'
import { fileSubject, type Subject, urlSubject } from './subject.js'

/** Something that was read and is to be looked at. */
export interface Input {
  readonly subject: Subject
  readonly bytes: Uint8Array
  /** The whole path of a file; undefined for what is none. */
  readonly path: string | undefined
  /** Whether the user named it, and did not only name the folder that it is in. */
  readonly isNamed: boolean
  /** Of an answer over HTTP. */
  readonly response?: { readonly contentType: string | undefined; readonly seconds: number }
}

export interface Inputs {
  readonly inputs: readonly Input[]
  /** About those that could not be read. */
  readonly findings: readonly Finding[]
}

export interface ReadOptions extends FetchOptions {
  /** The working directory. */
  readonly directory: string
  readonly stdin: Readable
}

/** Reads files, folders with all that is in them, addresses, and standard input for `-`. Never rejects for one of them. */
export async function readInputs(names: readonly string[], options: ReadOptions): Promise<Inputs> {
  const inputs: Input[] = []
  const findings: Finding[] = []
  for (const name of names) {
    const read = await readOne(name, options)
    inputs.push(...read.inputs)
    findings.push(...read.findings)
  }
  return { inputs, findings }
}

async function readOne(name: string, options: ReadOptions): Promise<Inputs> {
  if (/^https?:\/\//i.test(name)) return readAddress(name, options)
  if (name === '-') return readStdin(options)
  const path = resolve(options.directory, name)
  try {
    if (!(await stat(path)).isDirectory()) return readPath(path, true, options)
    const parts = await Promise.all((await filesIn(path)).map((file) => readPath(file, false, options)))
    return {
      inputs: parts.flatMap(({ inputs }) => inputs),
      findings: parts.flatMap(({ findings }) => findings),
    }
  } catch (error) {
    const address = metricsAddressOf(name)
    return address === undefined ? failed(fileSubject(name), error) : readAddress(address, options)
  }
}

async function readAddress(name: string, options: ReadOptions): Promise<Inputs> {
  const subject = urlSubject(name)
  if (!URL.canParse(name)) {
    const detail = { en: 'it is no address', ko: '주소가 아닙니다' }
    return { inputs: [], findings: [lintChecks.finding('lint/unreachable', subject.at(), { detail })] }
  }
  const fetched = await fetchBody(name, options)
  if ('why' in fetched) {
    return {
      inputs: [],
      findings: [lintChecks.finding('lint/unreachable', subject.at(), { detail: fetched.why })],
    }
  }
  const { body, contentType, seconds } = fetched
  return {
    inputs: [{ subject, bytes: body, path: undefined, isNamed: true, response: { contentType, seconds } }],
    findings: [],
  }
}

async function readStdin({ stdin, limit }: ReadOptions): Promise<Inputs> {
  const subject = fileSubject('-')
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stdin) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    length += bytes.length
    if (length > limit) return { inputs: [], findings: [tooLarge(subject, length, limit)] }
    chunks.push(bytes)
  }
  return { inputs: [{ subject, bytes: Buffer.concat(chunks), path: undefined, isNamed: true }], findings: [] }
}

async function readPath(path: string, isNamed: boolean, { directory, limit }: ReadOptions): Promise<Inputs> {
  const subject = fileSubject(shownPath(path, directory))
  try {
    const { size } = await stat(path)
    if (size > limit) return { inputs: [], findings: [tooLarge(subject, size, limit)] }
    return { inputs: [{ subject, bytes: await readFile(path), path, isNamed }], findings: [] }
  } catch (error) {
    return failed(subject, error)
  }
}

/** Inside the working directory from there, otherwise whole. */
function shownPath(path: string, directory: string): string {
  const short = relative(directory, path)
  return short.startsWith('..') || isAbsolute(short) ? path : short
}

function failed(subject: Subject, error: unknown): Inputs {
  const detail = fileFaultOf(error)
  return { inputs: [], findings: [lintChecks.finding('lint/unreadable', subject.at(), { detail })] }
}

function tooLarge(subject: Subject, size: number, limit: number): Finding {
  const values = { size: Math.ceil(size / 1e6), limit: Math.floor(limit / 1e6) }
  return lintChecks.finding('lint/too-large', subject.at(), values)
}

const skipped = /^(?:\..*|node_modules|dist|coverage)$/

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const files = await Promise.all(
    entries
      .filter(({ name }) => !skipped.test(name))
      .map(async (entry) => {
        const path = join(folder, entry.name)
        if (entry.isDirectory()) return filesIn(path)
        return entry.isFile() && isCandidate(entry.name) ? [path] : []
      }),
  )
  return files.flat().sort()
}
