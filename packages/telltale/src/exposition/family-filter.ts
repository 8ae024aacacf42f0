import type { Family, FamilyHeader } from '../metrics/sample-line.js'
import { withoutSuffix } from '../model/unit.js'

/**
 * The families that are asked for: by their own name, by that of one of their samples, or by the name that
 * OpenMetrics has for them. All of them when nothing is asked for.
 */
export function askedFamilies(
  families: readonly Family[],
  names: readonly string[] | undefined,
): readonly Family[] {
  if (names === undefined) return families
  const wanted = new Set(names)
  return families.filter((family) => namesOf(family).some((name) => wanted.has(name)))
}

function namesOf({ name, type, role, lines }: FamilyHeader): readonly string[] {
  const suffixes = new Set(lines.map((line) => line.suffix))
  const all = [name, ...[...suffixes].map((suffix) => name + suffix)]
  if (type === 'counter') all.push(withoutSuffix(name, '_total'))
  if (role === 'info') all.push(withoutSuffix(name, '_info'))
  return all
}
