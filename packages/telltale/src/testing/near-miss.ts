import { shown } from '../model/metric-name.js'
import type { ParsedExposition, ParsedLabels, ParsedSample } from '../parse/exposition-model.js'
import { differing, samplesNamed } from './sample-search.js'
import { sampleText } from './sample-text.js'

const MOST_SHOWN = 5

/** Says what there is in place of a sample that was not found: the same name with other labels, or a like name. */
export function nearMisses(exposition: ParsedExposition, name: string, labels: ParsedLabels): string {
  const others = samplesNamed(exposition, name)
  if (others.length > 0) return otherLabels(others, labels)
  const family = exposition.families.find((each) => each.name === name)
  if (family !== undefined) return emptyFamily(exposition, name)
  return likeNames(exposition, name)
}

/** Lists samples, as many as a reader takes in. */
export function listed(samples: readonly ParsedSample[], note: (sample: ParsedSample) => string): string {
  const lines = samples.slice(0, MOST_SHOWN).map((sample) => `  ${sampleText(sample)}${note(sample)}`)
  if (samples.length > MOST_SHOWN) lines.push(`  … and ${samples.length - MOST_SHOWN} more`)
  return lines.join('\n')
}

function otherLabels(others: readonly ParsedSample[], labels: ParsedLabels): string {
  const nearest = others
    .map((sample) => ({ sample, wrong: differing(sample.labels, labels) }))
    .sort((a, b) => a.wrong.length - b.wrong.length)
  const wrong = new Map(nearest.map((each) => [each.sample, each.wrong]))
  const note = (sample: ParsedSample) => {
    const names = wrong.get(sample)!.map((name) => `${name} is ${shown(sample.labels[name] ?? '')}`)
    return `   (${names.join(', ')})`
  }
  const samples = nearest.map((each) => each.sample)
  return `of this name there ${others.length === 1 ? 'is' : 'are'}\n${listed(samples, note)}`
}

function emptyFamily({ families }: ParsedExposition, name: string): string {
  const { type, samples } = families.find((family) => family.name === name)!
  if (samples.length === 0) return `the ${type} ${name} has no series yet`
  const names = [...new Set(samples.map((sample) => sample.name))].join(', ')
  return `the samples of the ${type} ${name} are named ${names}`
}

function likeNames({ families }: ParsedExposition, name: string): string {
  const names = [
    ...new Set(families.flatMap((family) => [family.name, ...family.samples.map((s) => s.name)])),
  ]
  const like = names
    .map((other) => ({ other, distance: distance(name, other) }))
    .filter(({ distance }) => distance <= Math.max(2, name.length / 3))
    .sort((a, b) => a.distance - b.distance)
  if (like.length > 0)
    return `there is no such name; like it ${like.length === 1 ? 'is' : 'are'} ${like
      .slice(0, 3)
      .map(({ other }) => other)
      .join(', ')}`
  if (names.length === 0) return 'there are no metrics at all'
  return `there is no such name among the ${families.length} metrics: ${shown(families.map((family) => family.name))}`
}

/** How many letters have to be put in, taken out or changed to make one text of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
