import type { Across } from '../../metrics/across.js'
import type { Family, LineShape, SeriesRange, Sink } from '../../metrics/sample-line.js'
import type { SlottedFamily } from '../../metrics/slotted-family.js'
import type { MetricType } from '../../model/metric-name.js'
import type { Aggregator } from '../aggregator.js'
import { allNames, arrange, commonLines, lineKey, sameList } from '../arrangement.js'
import { addedLabels, definitionOf, type FamilyDefinition, type FamilySnapshot } from '../family-snapshot.js'
import { lineAggregator } from '../series-join.js'
import { AddedValues } from './added-values.js'
import { EndedPart, type JoinedPart, LivingPart, type PartShape } from './joined-part.js'
import { SeriesPlaces } from './series-places.js'

/** What a joined family is made of: at least one of these has series. */
export interface JoinedParts {
  /** Of the family that all of them are called by. */
  readonly help: string
  readonly aggregator: Aggregator
  readonly living: readonly {
    readonly family: SlottedFamily
    readonly defaultLabels: Readonly<Record<string, string>>
  }[]
  readonly ended: FamilySnapshot | undefined
}

/**
 * One family of several threads. Which rows of which thread are one series, and its labels, is kept between scrapes: some
 * 300 bytes for a series, and 12 for each thread. Values are read and added up at the moment in which a series is
 * written. What becomes of different labels and buckets is as in `mergeSnapshots`.
 */
export class JoinedFamily implements Family {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly role: 'info' | 'stateset' | undefined
  readonly unit: string | undefined
  readonly across: Across | undefined
  readonly aggregator: Aggregator
  readonly labelNames: readonly string[]
  readonly lines: readonly LineShape[]
  readonly #parts: readonly JoinedPart[]
  readonly #places: SeriesPlaces
  readonly #values: AddedValues

  constructor({ help, aggregator, living, ended }: JoinedParts) {
    const added = living.map(({ family, defaultLabels }) => addedLabels(family, defaultLabels))
    const definitions: FamilyDefinition[] = living.map(({ family }, i) =>
      definitionOf(family, aggregator, added[i]!),
    )
    if (ended !== undefined) definitions.push(ended)
    const first = definitions[0]!
    this.name = first.name
    this.help = help
    this.type = first.type
    this.role = first.role
    this.unit = first.unit
    this.across = first.across
    this.aggregator = aggregator
    this.labelNames = definitions.map(({ labelNames }) => labelNames).reduce(allNames)
    this.lines = definitions.map(({ lines }) => lines).reduce(commonLines)
    this.#parts = definitions.map((definition, i) => {
      const values = added[i]?.map(([, value]) => value) ?? []
      const shape = shapeOf(definition, this, values)
      return i < living.length
        ? new LivingPart(living[i]!.family, shape)
        : new EndedPart(ended!.series, shape)
    })
    this.#places = new SeriesPlaces(this.labelNames)
    const modes = this.lines.map((line) => lineAggregator({ ...first, aggregator }, line) as Aggregator)
    const sumLine = this.lines.findIndex(({ suffix }) => suffix === '_sum')
    this.#values = new AddedValues(modes, sumLine)
  }

  get size(): number {
    return this.#places.size
  }

  /** Finds out which series there are now, in steps after each of which others may run. */
  *update(): Generator<void> {
    for (const part of this.#parts) yield* part.update(this.#places)
  }

  emit(sink: Sink, from: number, to: number): void {
    let passed = 0
    for (let place = 0; place < this.#places.length && passed < to; place++) {
      if (this.#places.at(place, this.#places.births) === undefined) continue
      if (passed++ >= from) this.#emitPlace(sink, place, this.#places.births)
    }
  }

  snapshot(): SeriesRange {
    const { length, births } = this.#places
    return {
      size: length,
      emit: (sink, from, to) => {
        for (let place = from; place < to; place++) this.#emitPlace(sink, place, births)
      },
    }
  }

  /** Nothing: each thread sets its own values back. */
  reset(): void {}

  #emitPlace(sink: Sink, place: number, births: number): void {
    const series = this.#places.at(place, births)
    if (series === undefined) return
    this.#values.clear(sink)
    for (const part of this.#parts) part.add(place, this.#values)
    this.#values.emit(sink, series)
  }
}

function shapeOf(
  { labelNames, lines }: FamilyDefinition,
  joined: Pick<Family, 'labelNames' | 'lines'>,
  added: readonly string[],
): PartShape {
  const [own, wanted] = [lines.map(lineKey), joined.lines.map(lineKey)]
  return {
    added,
    valuesIn: arrange(labelNames, joined.labelNames),
    samplesIn: arrange(own, wanted),
    lines: sameList(own, wanted) ? undefined : own.map((line) => wanted.indexOf(line)),
  }
}
