import { validationChecklist } from 'telltale'
import { expect, test } from 'vitest'
import { allIds, itemsOf } from '../../src/doctor/all-ids.js'
import { areas, checklist } from '../../src/doctor/checklist.js'
import { allChecks } from '../../src/doctor/checks/index.js'

test('the areas and the numbers of items are those of validatePrometheusSetup', () => {
  expect([...areas]).toEqual(Object.keys(validationChecklist))
  for (const area of areas)
    expect(checklist.filter((item) => item.area === area)).toHaveLength(validationChecklist[area].length)
})

test('every item has a check whose silence is a proof', () => {
  const proven = new Set(allChecks.filter(({ isProof }) => isProof).map(({ item }) => item))
  expect(checklist.map(({ key }) => key).filter((key) => !proven.has(key))).toEqual([])
})

test('every id stands once and belongs to an item', () => {
  expect(new Set(allIds).size).toBe(allIds.length)
  expect(allIds.filter((id) => itemsOf(id).length === 0)).toEqual([])
})
