import { withoutSuffix } from '../model/unit.js'
import type { Cursor } from './cursor.js'
import {
  type ExpositionType,
  noSuffix,
  type ParsedFamily,
  type ParsedFormat,
  type ParsedNative,
  type ParsedSample,
  sampleSuffixes,
} from './exposition-model.js'

/** `tolerant` reads what Prometheus reads; `strict` also refuses what it accepts silently. */
export type Strictness = 'tolerant' | 'strict'

/** The formats that are read line by line. */
export type TextFormat = Exclude<ParsedFormat, 'protobuf' | 'registry'>

/** A family while its lines are read. */
export interface OpenFamily {
  /** The name in its TYPE line. */
  readonly written: string
  readonly line: number
  type: ExpositionType | undefined
  help: string | undefined
  unit: string | undefined
  readonly samples: ParsedSample[]
  readonly natives: ParsedNative[]
}

/** The families of a text by the names of their samples. */
export class FamilyList {
  readonly #format: TextFormat
  readonly #strictness: Strictness
  readonly #cursor: Cursor
  readonly #families = new Map<string, OpenFamily>()
  readonly #owners = new Map<string, OpenFamily>()
  #current: OpenFamily | undefined
  #lastSample: string | undefined

  constructor(format: TextFormat, strictness: Strictness, cursor: Cursor) {
    this.#format = format
    this.#strictness = strictness
    this.#cursor = cursor
  }

  /** The family that a HELP, TYPE or UNIT line is about. */
  named(name: string): OpenFamily {
    const known = this.#families.get(name)
    if (known === undefined) return this.#open(name)
    if (this.#strictness === 'strict') {
      this.#checkTogether(known)
      if (known.samples.length > 0) {
        this.#cursor.reject(`metadata of ${name} after its samples`, 'metadata before the samples')
      }
    }
    this.#enter(known)
    return known
  }

  setType(family: OpenFamily, type: ExpositionType): void {
    const { written } = family
    if (family.type !== undefined && (this.#strictness === 'strict' || family.type !== type)) {
      this.#cursor.reject(`a second type of ${written}`, 'one TYPE line for each metric')
    }
    family.type = type
    for (const suffix of this.#suffixes(family)) {
      const owner = this.#owners.get(written + suffix)
      if (owner === undefined) this.#owners.set(written + suffix, family)
      else if (owner !== family && this.#strictness === 'strict') this.#clash(family, owner, written + suffix)
    }
    this.#lastSample = undefined
  }

  setHelp(family: OpenFamily, help: string): void {
    if (family.help !== undefined && this.#strictness === 'strict') {
      this.#cursor.reject(`a second help of ${family.written}`, 'one HELP line for each metric')
    }
    family.help = help
  }

  setUnit(family: OpenFamily, unit: string): void {
    if (family.unit !== undefined && this.#strictness === 'strict') {
      this.#cursor.reject(`a second unit of ${family.written}`, 'one UNIT line for each metric')
    }
    family.unit = unit
  }

  /** The family that a sample of this name belongs to. */
  ofSample(name: string): OpenFamily {
    if (name === this.#lastSample) return this.#current!
    const family = this.#owners.get(name)
    if (family === undefined) {
      const opened = this.#open(name)
      this.#lastSample = name
      return opened
    }
    if (this.#strictness === 'strict') this.#checkSample(family, name)
    this.#enter(family)
    this.#lastSample = name
    return family
  }

  end(): readonly ParsedFamily[] {
    return Array.from(this.#families.values(), (family) => {
      const { written, line, type = 'unknown', help, unit, samples, natives } = family
      return { name: this.#definedName(written, type), type, help, unit, samples, natives, line }
    })
  }

  #open(name: string): OpenFamily {
    const owner = this.#owners.get(name)
    const { line } = this.#cursor
    const family: OpenFamily = {
      written: name,
      line,
      type: undefined,
      help: undefined,
      unit: undefined,
      samples: [],
      natives: [],
    }
    if (owner !== undefined && this.#strictness === 'strict') this.#clash(family, owner, name)
    this.#families.set(name, family)
    // The name itself wins over the suffixes of another family.
    this.#owners.set(name, family)
    this.#enter(family)
    return family
  }

  #enter(family: OpenFamily): void {
    this.#current = family
    this.#lastSample = undefined
  }

  #checkSample(family: OpenFamily, name: string): void {
    this.#checkTogether(family)
    const suffixes = this.#suffixes(family)
    if (suffixes.some((suffix) => name === family.written + suffix)) return
    const names = suffixes.map((suffix) => family.written + suffix).join(', ')
    this.#cursor.reject(`a sample ${name} of a ${family.type}`, names)
  }

  #checkTogether(family: OpenFamily): void {
    if (family === this.#current) return
    const { written } = family
    this.#cursor.reject(`lines of ${written} in two places`, 'all lines of a metric together')
  }

  #clash(family: OpenFamily, owner: OpenFamily, name: string): never {
    return this.#cursor.reject(
      `samples named ${name} of ${family.written} and of ${owner.written}`,
      'names that no other metric has',
    )
  }

  #suffixes({ type }: OpenFamily): readonly string[] {
    return sampleSuffixes[this.#format][type ?? 'unknown'] ?? noSuffix
  }

  #definedName(written: string, type: ExpositionType): string {
    if (this.#format !== 'openmetrics') return written
    if (type === 'counter') return `${withoutSuffix(written, '_total')}_total`
    return type === 'info' ? `${withoutSuffix(written, '_info')}_info` : written
  }
}
