import { LineReader } from './text-line.js'
import { checkFamily, sampleBelongs } from './text-rules.js'
import { sampleKey, type TextFamily, TextFormatError, type TextSample, type TextType } from './text-sample.js'

export { sampleKey, type TextFamily, TextFormatError, type TextSample, type TextType }

/** A text that was read to its end without a fault. */
export class ParsedText {
  readonly families: ReadonlyMap<string, TextFamily>

  constructor(families: ReadonlyMap<string, TextFamily>) {
    this.families = families
  }

  get samples(): readonly TextSample[] {
    return [...this.families.values()].flatMap((family) => family.samples)
  }

  /** The value of the one sample with this name and exactly these labels; `undefined` when there is none. */
  value(name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
    const key = sampleKey(name, labels)
    return this.samples.find((sample) => sampleKey(sample.name, sample.labels) === key)?.value
  }

  /** Every sample as `[name and labels, value]`, sorted: two texts with equal lists say the same. */
  get sorted(): readonly (readonly [string, number])[] {
    const pairs = this.samples.map((sample) => [sampleKey(sample.name, sample.labels), sample.value] as const)
    return pairs.sort(([a], [b]) => (a < b ? -1 : 1))
  }
}

/**
 * Reads the text format 0.0.4 more strictly than Prometheus does, and throws a {@link TextFormatError} for the
 * first fault: a missing final line feed, a CR at the end of a line, metadata given twice or after a sample,
 * families that are interleaved, a series given twice, names, escapes and numbers that are not valid, and
 * histograms and summaries whose samples do not add up.
 */
export function parseText(text: string): ParsedText {
  const families = new FamilyList()
  if (text !== '' && !text.endsWith('\n')) {
    throw new TextFormatError(text.split('\n').length, 'the last line does not end in a line feed')
  }
  if (!text.isWellFormed()) throw new TextFormatError(0, 'the text cannot be written as UTF-8')
  text
    .split('\n')
    .slice(0, -1)
    .forEach((line, i) => {
      families.take(line, i + 1)
    })
  return families.end()
}

interface OpenFamily {
  readonly name: string
  type: TextType | undefined
  help: string | undefined
  readonly samples: TextSample[]
}

class FamilyList {
  readonly #families = new Map<string, OpenFamily>()
  #current: OpenFamily | undefined

  take(line: string, number: number): void {
    const reader = new LineReader(line, number)
    if (line.endsWith('\r')) reader.fail('the line ends in CR')
    if (line.startsWith('#')) this.#comment(reader)
    else if (line.trim() !== '') this.#sample(reader)
  }

  end(): ParsedText {
    const finished = new Map<string, TextFamily>()
    for (const { name, type, help, samples } of this.#families.values()) {
      const family: TextFamily = { name, type: type ?? 'untyped', help, samples }
      checkFamily(family)
      finished.set(name, family)
    }
    return new ParsedText(finished)
  }

  #comment(reader: LineReader): void {
    const metadata = reader.metadata()
    if (metadata === undefined) return
    const family = this.#open(metadata.name, reader)
    if (family.samples.length > 0) reader.fail(`${metadata.keyword} of ${family.name} comes after a sample`)
    if (metadata.keyword === 'HELP') {
      if (family.help !== undefined) reader.fail(`HELP of ${family.name} is given twice`)
      family.help = metadata.text
    } else {
      if (family.type !== undefined) reader.fail(`TYPE of ${family.name} is given twice`)
      family.type = reader.type(metadata.text)
    }
  }

  #sample(reader: LineReader): void {
    const sample = reader.sample()
    const current = this.#current
    const belongs = current !== undefined && sampleBelongs(current.name, current.type, sample.name)
    const family = belongs ? current : this.#open(sample.name, reader)
    if (!belongs && family.type !== undefined) {
      reader.fail(`a ${family.type} has no sample named ${sample.name}`)
    }
    family.samples.push(sample)
  }

  #open(name: string, reader: LineReader): OpenFamily {
    if (this.#current?.name === name) return this.#current
    if (this.#families.has(name)) reader.fail(`the lines of ${name} are not in one group`)
    for (const other of this.#families.values()) {
      if (sampleBelongs(other.name, other.type, name)) {
        reader.fail(`the lines of ${other.name} are not in one group, or ${name} has the name of its samples`)
      }
    }
    this.#current = { name, type: undefined, help: undefined, samples: [] }
    this.#families.set(name, this.#current)
    return this.#current
  }
}
