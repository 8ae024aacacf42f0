import { expect, test } from 'vitest'
import { readYaml, YamlMap, type YamlNode, YamlScalar } from '../../src/yaml-document/index.js'

function mapOf(node: YamlNode | undefined): YamlMap {
  expect(node).toBeInstanceOf(YamlMap)
  return node as YamlMap
}

/** The line and the column of a part of the text behind `expr`. */
function placeOf(yaml: string, part: string) {
  const node = mapOf(readYaml(yaml).root).get('expr')
  expect(node).toBeInstanceOf(YamlScalar)
  const scalar = node as YamlScalar
  const { line, column } = scalar.placeOf(scalar.text.indexOf(part))
  return {
    line,
    column,
    there: yaml
      .split('\n')
      [line - 1]!.slice(column - 1)
      .startsWith(part),
  }
}

test.each([
  ['plain', 'expr: up == down', 'down'],
  ['in double quotes', 'a: 1\nexpr: "up{x=\\"y\\"} == down"', 'down'],
  ['in single quotes', "expr: 'it''s == down'", 'down'],
  ['a block', 'expr: |\n  up\n  == down\n', 'down'],
  ['a block with a comment', 'expr: |- # note\n    up\n      == down\n', 'down'],
  ['folded', 'expr: >\n  up\n\n  == down\n', 'down'],
  ['over two plain lines', 'expr: up\n  == down', 'down'],
  ['JSON', '{"expr": "up == down"}', 'down'],
])('a part of a text is found where it is written: %s', (_, yaml, part) => {
  expect(placeOf(yaml, part)).toMatchObject({ there: true })
})

test('keys and values have their places', () => {
  const root = mapOf(readYaml('groups:\n  - name: a\n    rules: []\n').root)
  const group = mapOf(root.list('groups')[0])
  expect(group.place).toEqual({ line: 2, column: 5 })
  expect(group.entry('rules')?.place).toEqual({ line: 3, column: 5 })
  expect(group.get('rules')?.place).toEqual({ line: 3, column: 12 })
})

test('anchors, aliases and merge keys are followed', () => {
  const root = mapOf(readYaml('a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\nc: *a\n').root)
  expect(root.map('b')?.text('x')).toBe('1')
  expect(root.map('b')?.text('y')).toBe('3')
  expect(root.map('c')?.text('y')).toBe('2')
})

test('numbers and versions are texts as they are written', () => {
  const root = mapOf(readYaml('a: 1.10\nb: yes\nc: 0x1f\nd: ~\n').root)
  expect([root.text('a'), root.text('b'), root.text('c'), root.get('d')]).toEqual([
    '1.10',
    'yes',
    '0x1f',
    undefined,
  ])
})

test('a key that is there twice is named with its place', () => {
  expect(readYaml('a: 1\nb: 2\na: 3\n').problems).toEqual([
    { kind: 'duplicate-key', place: { line: 3, column: 1 }, detail: 'a' },
  ])
})

test.each(['a: [1, 2', 'a: "b', 'a: b: c', '\tx: 1', 'a:\n  - b\n c: d', '{', 'a: *none'])(
  '%j cannot be read',
  (text) => {
    const { root, problems } = readYaml(text)
    expect(root).toBe(undefined)
    expect(problems[0]).toMatchObject({ kind: 'syntax', detail: expect.stringMatching(/\w/) })
  },
)

test('nothing is nothing', () => {
  expect(readYaml('')).toEqual({ root: undefined, problems: [] })
  expect(readYaml('# only a comment\n').problems).toEqual([])
})

test('aliases of aliases of aliases do not fill the memory', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let i = 1; i < 10; i++)
    lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`)
  expect(readYaml(lines.join('\n')).problems).toMatchObject([{ kind: 'too-large' }])
})
