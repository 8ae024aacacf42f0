import type { FamilyHeader, LineShape } from '../metrics/sample-line.js'
import { WordText } from '../metrics/word-text.js'
import { escapeLabelValue, quotedName } from '../model/label-text.js'
import { isLegacyName } from '../model/legacy-name.js'
import { type EscapingScheme, escapeName, writtenName } from '../model/name-escaping.js'
import type { WritingStyle } from './writing-style.js'

/** What surrounds the labels of one line: fixed for a family, so it is made once for each scrape. */
export interface LineText {
  /** Up to the labels. Lines of one sample name share the object itself. */
  readonly open: WordText
  /** From the labels to the value. */
  readonly close: WordText
  /** The whole line up to the value, for a series without labels. */
  readonly bare: WordText
  /** Bytes of a line but for its labels and its value, at most. */
  readonly size: number
}

/** How a family is written: what its lines are made of. */
export interface FamilyText {
  readonly lines: readonly LineText[]
  /** Names to write labels under, where those in the series' own pairs will not do. */
  readonly labelNames: readonly string[] | undefined
}

/** How one format writes what differs between formats in a sample line. */
export interface LineStyle extends WritingStyle {
  /** The text of a `le` or a `quantile`. */
  readonly bound: (value: number) => string
}

/** The lines of a family, `more` after its own. */
export function familyText(
  header: FamilyHeader,
  style: LineStyle,
  more: readonly { readonly name: string }[] = [],
): FamilyText {
  const { escaping } = style
  const labelNames = header.labelNames.map((name) => writtenName(name, 'label', escaping))
  const defaults = defaultPairs(header, style, labelNames)
  const name = escapeName(header.name, 'metric', escaping)
  const opens = new Map<string, WordText>()
  const text = (sample: string, own: readonly string[]) => lineText(sample, defaults, own, opens)
  const lines = header.lines.map((line) => text(name + line.suffix, ownPairs(line, style)))
  for (const line of more) lines.push(text(line.name, []))
  const asInPairs = header.labelNames.every(
    (given, i) => writtenName(given, 'label', 'allow-utf-8') === labelNames[i],
  )
  return { lines, labelNames: asInPairs ? undefined : labelNames }
}

/** A name in a metadata line. */
export function metadataName(name: string): string {
  return isLegacyName(name, 'metric') ? name : quotedName(name)
}

/** Default labels, but for those that the family has itself. */
function defaultPairs(
  { lines }: FamilyHeader,
  { defaultLabels, escaping }: LineStyle,
  labelNames: readonly string[],
): readonly string[] {
  const taken = new Set([...labelNames, ...lines.map((line) => ownName(line, escaping))])
  const pairs: string[] = []
  for (const [given, value] of Object.entries(defaultLabels)) {
    const name = writtenName(given, 'label', escaping)
    if (!taken.has(name)) pairs.push(`${name}="${escapeLabelValue(value)}"`)
  }
  return pairs
}

function ownPairs(line: LineShape, { bound, escaping }: LineStyle): readonly string[] {
  if (line.label === undefined) return []
  const { value } = line.label
  return [
    `${ownName(line, escaping)}="${typeof value === 'number' ? bound(value) : escapeLabelValue(value)}"`,
  ]
}

function ownName({ label }: LineShape, escaping: EscapingScheme): string | undefined {
  return label && writtenName(label.name, 'label', escaping)
}

function lineText(
  sample: string,
  defaults: readonly string[],
  own: readonly string[],
  opens: Map<string, WordText>,
): LineText {
  // A name that has to be quoted stands among the labels.
  const legacy = isLegacyName(sample, 'metric')
  const start = legacy ? sample : ''
  const before = legacy ? defaults : [quotedName(sample), ...defaults]
  const open = opens.get(sample) ?? new WordText(`${start}{${before.map((pair) => `${pair},`).join('')}`)
  opens.set(sample, open)
  const close = new WordText(`${own.map((pair) => `,${pair}`).join('')}} `)
  const alone = [...before, ...own].join(',')
  const bare = new WordText(alone === '' ? `${start} ` : `${start}{${alone}} `)
  return { open, close, bare, size: Math.max(open.length + close.length, bare.length) }
}
