import type { AdviceTexts } from '../texts/index.js'

/** A query of a dashboard, and the place it stands in. */
export interface DashboardQuery {
  /** `panel "Requests"`, `variable instance`. */
  readonly place: string
  readonly text: string
  readonly kind: 'expression' | 'variable'
}

type PlaceTexts = AdviceTexts['places']

type Json = Readonly<Record<string, unknown>>

/** Deeper than any dashboard of Grafana, whatever its schema. */
const DEEPEST = 40

/** The title of a dashboard; `undefined` when the JSON is something else. */
export function dashboardTitle(json: unknown): string | undefined {
  if (!isObject(json)) return undefined
  for (const part of [json, json.dashboard, json.spec]) {
    if (!isObject(part)) continue
    const hasContent = ['panels', 'rows', 'elements', 'templating', 'model'].some((key) => key in part)
    if (hasContent) return typeof part.title === 'string' ? part.title : '(no title)'
  }
  return undefined
}

/** Every PromQL text of a dashboard, library panel or alert of Grafana, of any schema: it looks for them by their keys. */
export function dashboardQueries(json: unknown, texts: PlaceTexts): readonly DashboardQuery[] {
  const found: DashboardQuery[] = []
  collect(json, texts.dashboard, { depth: 0, found, texts })
  return found
}

/** The way through a dashboard. */
interface Walk {
  readonly depth: number
  readonly found: DashboardQuery[]
  readonly texts: PlaceTexts
}

function collect(value: unknown, place: string, walk: Walk): void {
  const { depth, found, texts } = walk
  const deeper = { ...walk, depth: depth + 1 }
  if (depth > DEEPEST) return
  if (Array.isArray(value)) {
    for (const item of value) collect(item, place, deeper)
    return
  }
  if (!isObject(value)) return
  const here = placeOf(value, place, texts)
  if (typeof value.expr === 'string' && value.expr.trim() !== '') {
    found.push({ place: here, text: value.expr, kind: 'expression' })
  }
  for (const text of variableTexts(value)) found.push({ place: here, text, kind: 'variable' })
  for (const [key, item] of Object.entries(value)) if (key !== 'expr') collect(item, here, deeper)
}

function placeOf(value: Json, place: string, texts: PlaceTexts): string {
  if (typeof value.title === 'string' && value.title !== '') return texts.panel(value.title)
  return typeof value.name === 'string' && 'query' in value ? texts.variable(value.name) : place
}

const variableFunction = /^\s*(label_values|query_result|metrics|label_names)\s*\(/

/** The texts of a variable: `query` as a text or as an object with one, and `definition`, which says the same. */
function variableTexts(value: Json): readonly string[] {
  const texts = [value.query, value.definition].filter((text): text is string => typeof text === 'string')
  return [...new Set(texts.filter((text) => variableFunction.test(text)))]
}

/** What a variable's text asks for: an expression or selector to read, and the label that it lists. */
export interface VariableQuery {
  readonly expression: string | undefined
  readonly label: string | undefined
  /** A pattern of names. */
  readonly names: string | undefined
}

/** Takes the text of a variable apart. */
export function variableQuery(text: string): VariableQuery {
  const [, name = '', inner = ''] = /^\s*(\w+)\s*\(([\s\S]*)\)\s*$/.exec(text) ?? []
  if (name === 'query_result') return { expression: inner, label: undefined, names: undefined }
  if (name === 'metrics') return { expression: undefined, label: undefined, names: inner.trim() }
  if (name !== 'label_values') return { expression: undefined, label: undefined, names: undefined }
  const comma = inner.lastIndexOf(',')
  if (comma < 0) return { expression: undefined, label: inner.trim(), names: undefined }
  // A comma within braces separates matchers.
  if (inner.indexOf('}', comma) >= 0) return { expression: inner, label: undefined, names: undefined }
  return { expression: inner.slice(0, comma), label: inner.slice(comma + 1).trim(), names: undefined }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
