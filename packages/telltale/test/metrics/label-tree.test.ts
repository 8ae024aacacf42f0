import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LabelTree } from '../../src/metrics/label-tree.js'
import { labelText } from '../../src/model/label-text.js'

interface Leaf {
  readonly values: readonly string[]
}

const given = fc.oneof(
  fc.constantFrom<unknown>('', '0', '1', '200', 'NaN', 'Infinity', '1e+21', 'a', 'a,b', '__proto__'),
  fc.constantFrom<unknown>(0, -0, 1, 200, NaN, Infinity, 1e21, 1.5),
)

const names = ['x', 'y', 'z']

const command = fc.record({
  kind: fc.constantFrom('add', 'add', 'add', 'delete', 'find'),
  asked: fc.tuple(given, given, given),
})

test.each([1, 2, 3])('a tree over %i labels finds what a map of joined texts finds', (depth) => {
  const property = fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
    const tree = new LabelTree<Leaf>(depth)
    const model = new Map<string, Leaf>()
    for (const { kind, asked: three } of commands) {
      const asked = three.slice(0, depth)
      const values = asked.map((value) => labelText(value)!)
      const key = JSON.stringify(values)
      const known = model.get(key)
      if (kind === 'add' && known === undefined) {
        const leaf = { values }
        tree.add(leaf, asked)
        model.set(key, leaf)
        expect(tree.findByPosition(asked)).toBe(leaf)
      } else if (kind === 'add' && known !== undefined) {
        tree.add(known, asked)
        expect(tree.findByPosition(asked)).toBe(known)
      } else if (kind === 'delete' && known !== undefined) {
        tree.delete(known)
        model.delete(key)
      }
      const labels = Object.fromEntries(asked.map((value, i) => [names[i], value]))
      const byText = Object.fromEntries(values.map((value, i) => [names[i], value]))
      expect(tree.findByPosition(values)).toBe(model.get(key))
      expect(tree.findByName(names.slice(0, depth), byText)).toBe(model.get(key))
      // A number is found only once it was asked for, but never finds another series.
      for (const found of [tree.findByPosition(asked), tree.findByName(names.slice(0, depth), labels)]) {
        if (found !== undefined) expect(found).toBe(model.get(key))
      }
    }
    for (const [key, leaf] of model) expect(tree.findByPosition(JSON.parse(key))).toBe(leaf)
  })
  fc.assert(property, { numRuns: 200 })
})

test('a look-up with fewer or other values finds nothing', () => {
  const tree = new LabelTree<Leaf>(2)
  tree.add({ values: ['a', 'b'] }, [])
  for (const values of [[], ['a'], ['b', 'a'], ['a', undefined], [{}, 'b'], ['a', 'b'].reverse()]) {
    expect(tree.findByPosition(values)).toBeUndefined()
  }
})

test('a tree without labels finds nothing', () => {
  expect(new LabelTree<Leaf>(0).findByPosition([])).toBeUndefined()
})
