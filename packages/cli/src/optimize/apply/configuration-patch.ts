import { isDeepStrictEqual } from 'node:util'
import { type Document, isMap, isSeq, parse, parseDocument, type YAMLMap, YAMLSeq } from 'yaml'
import { CommandError } from '../../command-error.js'
import { reasonOf } from '../../yaml-document/index.js'
import { type DropRule, ruleText } from '../advice/drop-rule.js'

/** A changed prometheus.yml. */
export interface ConfigurationPatch {
  readonly before: string
  readonly after: string
  /** Jobs that got rules. */
  readonly patched: readonly string[]
  /** Jobs that should have got some, and are not in this file. */
  readonly absent: readonly string[]
}

interface Insertion {
  readonly at: number
  readonly text: string
}

const KEY = 'metric_relabel_configs'
const COMMENT = ' Not used by any rule, dashboard or query: telltale optimize'
const format = { version: '1.1' } as const

/**
 * Adds rules to the jobs of a prometheus.yml; every other line stays as it is. Throws TELLTALE_DEPLOY, with line and
 * column, for a text that is no such file.
 */
export function patchConfiguration(
  before: string,
  name: string,
  rules: ReadonlyMap<string, readonly DropRule[]>,
): ConfigurationPatch {
  const document = parseDocument(before, format)
  const jobs = jobsOf(document, name)
  const patched: string[] = []
  const insertions: (Insertion | undefined)[] = []
  for (const [job, own] of rules) {
    const map = jobs.get(job)
    if (map === undefined || own.length === 0) continue
    insertions.push(insertionFor(before, map, own))
    addRules(document, map, own, name)
    patched.push(job)
  }
  const absent = [...rules.keys()].filter((job) => !patched.includes(job))
  if (patched.length === 0) return { before, after: before, patched, absent }
  return { before, after: inserted(before, insertions, document), patched, absent }
}

function jobsOf(document: Document.Parsed, name: string): ReadonlyMap<string, YAMLMap> {
  const [error] = document.errors
  if (error !== undefined) {
    const at = error.linePos?.[0]
    const place = at === undefined ? '' : `:${at.line}:${at.col}`
    throw broken(`${name}${place}: ${reasonOf(error)}`)
  }
  const configs = isMap(document.contents) ? document.contents.get('scrape_configs') : undefined
  if (!isSeq(configs)) throw broken(`${name} has no scrape_configs`)
  const jobs = new Map<string, YAMLMap>()
  for (const item of configs.items) if (isMap(item)) jobs.set(String(item.get('job_name')), item)
  return jobs
}

function addRules(document: Document, job: YAMLMap, rules: readonly DropRule[], name: string): void {
  const known = job.get(KEY)
  if (known !== undefined && known !== null && !isSeq(known)) throw broken(`${name}: ${KEY} is no list`)
  const list = isSeq(known) ? known : new YAMLSeq()
  for (const rule of rules) {
    const node = document.createNode(rule)
    node.commentBefore = rule === rules[0] ? COMMENT : null
    list.add(node)
  }
  if (!isSeq(known)) job.set(KEY, list)
}

/** New lines at the end of a job, or of its list; `undefined` where it is not written in lines. */
function insertionFor(text: string, job: YAMLMap, rules: readonly DropRule[]): Insertion | undefined {
  const first = job.items[0]?.key
  const start = isNodeWithRange(first) ? first.range[0] : undefined
  if (job.flow || start === undefined || job.range === null || job.range === undefined) return undefined
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1))
  const list = job.get(KEY)
  if (!isSeq(list)) {
    return { at: lineEnd(text, job.range[1]), text: `${indent}${KEY}:\n${rulesText(rules, `${indent}  `)}` }
  }
  const [item] = list.items
  if (list.flow || !isNodeWithRange(item) || list.range === null || list.range === undefined) return undefined
  const dash = text.lastIndexOf('-', item.range[0])
  const column = ' '.repeat(dash - (text.lastIndexOf('\n', dash) + 1))
  return { at: lineEnd(text, list.range[1]), text: rulesText(rules, column) }
}

function rulesText(rules: readonly DropRule[], indent: string): string {
  return [`${indent}#${COMMENT}`, ...rules.map((rule) => ruleText(rule, indent)), ''].join('\n')
}

/** The beginning of the line behind a place. */
function lineEnd(text: string, place: number): number {
  const end = text.indexOf('\n', Math.max(0, place - 1))
  return end < 0 ? text.length : end + 1
}

function inserted(
  before: string,
  insertions: readonly (Insertion | undefined)[],
  document: Document,
): string {
  let text = before
  for (const insertion of insertions.toSorted((a, b) => (b?.at ?? 0) - (a?.at ?? 0))) {
    if (insertion === undefined) return document.toString({ lineWidth: 0 })
    const head = text.slice(0, insertion.at)
    text = `${head}${head.endsWith('\n') ? '' : '\n'}${insertion.text}${text.slice(insertion.at)}`
  }
  return means(text, document) ? text : document.toString({ lineWidth: 0 })
}

/** Whether the text with its new lines says what the changed document says. */
function means(text: string, document: Document): boolean {
  try {
    return isDeepStrictEqual(parse(text, format), document.toJS())
  } catch {
    return false
  }
}

function isNodeWithRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}

function broken(message: string): CommandError {
  return new CommandError(
    'TELLTALE_DEPLOY',
    `${message}; expected the prometheus.yml that the server runs with`,
  )
}
