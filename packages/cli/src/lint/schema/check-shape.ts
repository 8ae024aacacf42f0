import type { Finding } from '../../finding/index.js'
import { nearest } from '../../nearest.js'
import { isAtLeast, type Version, versionText } from '../../promql/index.js'
import type { YamlEntry, YamlMap, YamlNode, YamlPlace } from '../../yaml-document/index.js'
import { lintChecks } from '../lint-checks.js'
import type { Subject } from '../subject.js'
import type { Field, Fields, Shape } from './shape.js'

/** What a shape is checked for. */
export interface ShapeContext {
  readonly subject: Subject
  /** Of the server that reads the file. */
  readonly version: Version
  /** Its name. */
  readonly server: 'Prometheus' | 'Alertmanager'
}

/** Compares a value with its shape: unknown, missing and misplaced fields, and values that cannot be read. */
export function checkShape(
  node: YamlNode,
  shape: Shape,
  path: string,
  context: ShapeContext,
): readonly Finding[] {
  switch (shape.kind) {
    case 'any':
      return []
    case 'list':
      if (node.kind !== 'list') return [wrongType(node, 'list', path, context)]
      return node.items.flatMap((item, index) => checkShape(item, shape.of, `${path}[${index}]`, context))
    case 'dictionary':
      if (node.kind !== 'map') return [wrongType(node, 'map', path, context)]
      return node.entries.flatMap((entry) => checkEntry(entry, shape, path, context))
    case 'fields':
      if (node.kind !== 'map') return [wrongType(node, 'map', path, context)]
      return checkFields(node, shape.fields, path, context)
    default:
      return checkScalar(node, shape, path, context)
  }
}

function checkEntry(
  { key, place, value }: YamlEntry,
  { of, key: keyCheck }: Extract<Shape, { kind: 'dictionary' }>,
  path: string,
  context: ShapeContext,
): readonly Finding[] {
  const expected = keyCheck?.(key)
  const badKey =
    expected === undefined
      ? []
      : [finding(context, place, path, 'yaml/bad-value', { field: path, got: `"${key}"`, expected }, key)]
  return [...badKey, ...checkShape(value, of, join(path, key), context)]
}

function checkFields(node: YamlMap, known: Fields, path: string, context: ShapeContext): readonly Finding[] {
  const present = node.entries.flatMap((entry) => {
    const description = Object.hasOwn(known, entry.key) ? known[entry.key] : undefined
    if (description === undefined) return [unknownField(entry, Object.keys(known), path, context)]
    const availability = checkAvailability(entry, description, path, context)
    const isNull = entry.value.kind === 'scalar' && entry.value.value === null
    if (isNull) return availability
    return [...availability, ...checkShape(entry.value, description.shape, join(path, entry.key), context)]
  })
  const missing = Object.entries(known).flatMap(([name, { required }]) => {
    if (!required || node.get(name) !== undefined) return []
    return [finding(context, node.place, path, 'yaml/missing-field', { field: name }, name)]
  })
  return [...present, ...missing]
}

function unknownField(
  { key, place }: YamlEntry,
  known: readonly string[],
  path: string,
  context: ShapeContext,
): Finding {
  const meant = nearest(key, known)
  const remedy =
    meant === undefined
      ? {
          en: `Remove it; known here are ${shortList(known)}.`,
          ko: `지우세요. 여기에서 쓸 수 있는 필드: ${shortList(known)}.`,
        }
      : { en: `Rename it to ${meant}.`, ko: `${meant} 필드로 이름을 바꾸세요.` }
  const values = { field: key, server: context.server, version: versionText(context.version), remedy }
  return finding(context, place, path, 'yaml/unknown-field', values, key)
}

function checkAvailability(
  { key, place }: YamlEntry,
  { since, until }: Field,
  path: string,
  context: ShapeContext,
): readonly Finding[] {
  const { server, version } = context
  const target = versionText(version)
  if (since !== undefined && !isAtLeast(version, since)) {
    return [finding(context, place, path, 'yaml/too-new', { field: key, server, target, since }, key)]
  }
  if (until !== undefined && isAtLeast(version, until)) {
    return [finding(context, place, path, 'yaml/removed-field', { field: key, server, target, until }, key)]
  }
  return []
}

function checkScalar(
  node: YamlNode,
  shape: Extract<Shape, { kind: 'text' | 'number' | 'boolean' }>,
  path: string,
  context: ShapeContext,
): readonly Finding[] {
  if (node.kind !== 'scalar') return [wrongType(node, shape.kind, path, context)]
  if (shape.kind === 'boolean') {
    return typeof node.value === 'boolean' ? [] : [wrongType(node, 'boolean', path, context)]
  }
  const expected = shape.check?.(node.text)
  if (expected === undefined) return []
  const values = { field: path, got: `"${node.text}"`, expected }
  return [finding(context, node.place, path, 'yaml/bad-value', values, path)]
}

const types = {
  list: { en: 'a list', ko: '목록' },
  map: { en: 'fields with values', ko: '필드와 값' },
  text: { en: 'a text', ko: '문자열' },
  number: { en: 'a number', ko: '숫자' },
  boolean: { en: 'true or false', ko: 'true 또는 false' },
} as const

function wrongType(node: YamlNode, wanted: keyof typeof types, path: string, context: ShapeContext): Finding {
  const got = node.kind === 'scalar' ? `"${node.text}"` : types[node.kind]
  return finding(
    context,
    node.place,
    path,
    'yaml/wrong-type',
    { field: path, got, expected: types[wanted] },
    path,
  )
}

function finding<Id extends Parameters<typeof lintChecks.finding>[0]>(
  { subject }: ShapeContext,
  place: YamlPlace,
  within: string,
  id: Id,
  values: Parameters<typeof lintChecks.finding<Id>>[2],
  about: string,
): Finding {
  const where = subject.at({
    line: place.line,
    column: place.column,
    within: within === '' ? undefined : within,
  })
  return lintChecks.finding(id, where, values, { subject: about })
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

function shortList(names: readonly string[]): string {
  return names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')}, …`
}
