import type { ParsedLabels } from '../../parse/exposition-model.js'

/** One value of an instant vector. */
export interface Element {
  /** Without the metric's name, as after an operation in PromQL. */
  readonly labels: ParsedLabels
  readonly value: number
}

/** What a query gives at one moment: a number, or a value for each label set. */
export type Value = number | readonly Element[]

/** Labels as one text: the same for the same labels, in whichever order they come. */
export function labelKey(labels: ParsedLabels, names: readonly string[] = Object.keys(labels)): string {
  const present = names.filter((name) => (labels[name] ?? '') !== '').sort()
  return JSON.stringify(present.map((name) => [name, labels[name]]))
}

/** The labels of these names that are there. */
export function pickLabels(labels: ParsedLabels, names: readonly string[]): ParsedLabels {
  return Object.fromEntries(names.flatMap((name) => (labels[name] ? [[name, labels[name]]] : [])))
}

/** The labels but those of these names. */
export function dropLabels(labels: ParsedLabels, names: readonly string[]): ParsedLabels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)))
}
