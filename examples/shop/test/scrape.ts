const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g

interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** What one scrape shows, read the way Prometheus does. */
export class Scrape {
  readonly text: string
  readonly #samples: readonly Sample[]

  constructor(text: string) {
    this.text = text
    this.#samples = text.split('\n').flatMap(sampleOf)
  }

  /** The sum of the series of this name that have these labels; undefined when there is none. */
  value(name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
    const found = this.series(name, labels)
    return found.length === 0 ? undefined : found.reduce((sum, sample) => sum + sample.value, 0)
  }

  series(name: string, labels: Readonly<Record<string, string>> = {}): readonly Sample[] {
    const wanted = Object.entries(labels)
    return this.#samples.filter(
      (sample) => sample.name === name && wanted.every(([label, value]) => sample.labels[label] === value),
    )
  }

  labelNames(name: string): string[] {
    return [...new Set(this.series(name).flatMap((sample) => Object.keys(sample.labels)))].sort()
  }

  get labelValues(): ReadonlySet<string> {
    return new Set(this.#samples.flatMap((sample) => Object.values(sample.labels)))
  }
}

function sampleOf(line: string): Sample[] {
  const [, name, labels = '', value] = SAMPLE.exec(line) ?? []
  if (name === undefined || value === undefined) return []
  const pairs = [...labels.matchAll(LABEL)].map(([, label, text]) => [label, text])
  return [{ name, labels: Object.fromEntries(pairs), value: value === '+Inf' ? Infinity : Number(value) }]
}
