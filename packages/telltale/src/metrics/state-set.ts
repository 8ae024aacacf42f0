import { TelltaleError } from '../model/error.js'
import type { LabelSchema, NoLabels } from '../model/label-schema.js'
import { isLegacyName } from '../model/legacy-name.js'
import { shown } from '../model/metric-name.js'
import type { CellLayout } from './cell-layout.js'
import { type FamilyOptions, LabelledFamily } from './family.js'
import type { LineShape } from './sample-line.js'
import { privateSeat, type Seat, Series, type SeriesOwner } from './series.js'

/** One series of a state set: for each state whether it holds. */
export class StateSetSeries<S extends string = string> extends Series {
  readonly #states: readonly S[]

  /** @internal */
  constructor(owner: SeriesOwner, states: readonly S[], seat: Seat) {
    super(owner, seat)
    this.#states = states
  }

  /** True when the state holds; false for a state that there is not. */
  has(state: S): boolean {
    this.look()
    const index = this.#states.indexOf(state)
    return index >= 0 && this.cells[this.at + index] === 1
  }

  /** Makes this the only state that holds. A state that there is not is dropped and counted. */
  set(state: S): void {
    if (!this.#write(state, 1)) return
    for (const other of this.#states) if (other !== state) this.#write(other, 0)
  }

  /** Makes a state hold, beside others. */
  enable(state: S): void {
    this.#write(state, 1)
  }

  /** Makes a state not hold any longer. */
  disable(state: S): void {
    this.#write(state, 0)
  }

  protected override privateSeat(): Seat {
    return privateSeat(this.#states.length)
  }

  #write(state: S, value: 0 | 1): boolean {
    this.look()
    const index = this.#states.indexOf(state)
    if (index >= 0) this.cells[this.at + index] = value
    else {
      const detail = `got state ${shown(state)}, expected one of ${shown(this.#states)}`
      this.owner.dropped('label_value', 'TELLTALE_LABEL_VALUE', detail)
    }
    return index >= 0
  }
}

/** Options of a {@link StateSet}. */
export interface StateSetOptions<L extends LabelSchema = NoLabels, S extends string = string>
  extends Omit<FamilyOptions<L>, 'unit'> {
  /** Every state that there is; each is a sample of every series. */
  readonly states: readonly S[]
  /** Runs before each scrape, to set the present states. */
  readonly collect?: (stateSet: StateSet<L, S>) => void | Promise<void>
}

/**
 * Which of some named states hold: one sample for each state, 1 or 0, with the state in a label that has the name of
 * the metric. OpenMetrics has it as type stateset, the other formats as a gauge. Throws a `TelltaleError` when the
 * definition is not valid, and then registers nothing.
 */
export class StateSet<
  const L extends LabelSchema = NoLabels,
  const S extends string = string,
> extends LabelledFamily<L, StateSetSeries<S>> {
  readonly lines: readonly LineShape[]
  readonly role = 'stateset'
  readonly #states: readonly S[]

  constructor(options: StateSetOptions<L, S>) {
    super('gauge', options)
    this.#states = checkStates(this.name, options.states)
    checkOwnLabel(this.name, this.labelNames, this.unit)
    this.lines = this.#states.map((value): LineShape => ({ suffix: '', label: { name: this.name, value } }))
    this.settle()
    const { collect } = options
    if (collect) this.home.addCollector({ name: this.name, families: [this], collect: () => collect(this) })
  }

  /** Makes this the only state of a state set without labels; with labels, name the series first. */
  set(this: StateSet<NoLabels, S>, state: S): void {
    this.own.set(state)
  }

  /** Makes a state of a state set without labels hold, beside others. */
  enable(this: StateSet<NoLabels, S>, state: S): void {
    this.own.enable(state)
  }

  /** Makes a state of a state set without labels not hold any longer. */
  disable(this: StateSet<NoLabels, S>, state: S): void {
    this.own.disable(state)
  }

  override get layout(): CellLayout {
    return { kind: 'lines', count: this.#states.length }
  }

  protected override createSeries(seat: Seat): StateSetSeries<S> {
    return new StateSetSeries(this, this.#states, seat)
  }
}

function checkStates<S extends string>(metric: string, states: readonly S[]): readonly S[] {
  const valid =
    Array.isArray(states) &&
    states.length > 0 &&
    states.every((state) => typeof state === 'string' && state !== '' && state.isWellFormed()) &&
    new Set(states).size === states.length
  if (valid) return [...states]
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `metric "${metric}": got states ${shown(states)}, expected texts that differ, for example ["up", "down"]`,
  )
}

function checkOwnLabel(metric: string, labelNames: readonly string[], unit: string | undefined): void {
  if (unit !== undefined) {
    throw new TelltaleError('TELLTALE_OPTION', `metric "${metric}": got unit ${shown(unit)}, expected none`)
  }
  if (isLegacyName(metric, 'metric') && !isLegacyName(metric, 'label')) {
    throw new TelltaleError(
      'TELLTALE_METRIC_NAME',
      `metric ${shown(metric)}: the name of a state set is that of a label too, which cannot have a colon`,
    )
  }
  if (labelNames.includes(metric)) {
    throw new TelltaleError(
      'TELLTALE_LABEL_NAME',
      `metric "${metric}": label name ${shown(metric)} cannot be used: the state set writes it itself`,
    )
  }
}
