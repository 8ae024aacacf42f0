import { TelltaleError } from '../model/error.js'
import type { LabelsByName, NoLabels } from '../model/label-schema.js'
import type { CellLayout } from './cell-layout.js'
import { type FamilyOptions, LabelledFamily } from './family.js'
import type { LineShape } from './sample-line.js'
import { privateSeat, type Seat, Series } from './series.js'

/** One label set of an info. Its value is 1 for as long as it is there. */
export class InfoSeries extends Series {
  protected override privateSeat(): Seat {
    return privateSeat(0)
  }
}

/** Options of an {@link Info}. */
export interface InfoOptions<L extends readonly string[] = NoLabels> extends Omit<FamilyOptions<L>, 'unit'> {
  /** Runs before each scrape, to set the present labels. */
  readonly collect?: (info: Info<L>) => void | Promise<void>
}

const infoLayout: CellLayout = { kind: 'one' }
const infoLines: readonly LineShape[] = [{ suffix: '' }]

/**
 * Facts about the process that are text: a version, a commit. The labels carry them, and the value is always 1. The
 * name ends in `_info`. OpenMetrics has it as type info, the other formats as a gauge. Throws a `TelltaleError` when
 * the definition is not valid, and then registers nothing.
 */
export class Info<const L extends readonly string[] = NoLabels> extends LabelledFamily<L, InfoSeries> {
  readonly lines = infoLines
  readonly role = 'info'

  constructor(options: InfoOptions<L>) {
    super('gauge', options)
    if (!/._info$/s.test(this.name)) throw notAnInfoName(this.name)
    this.settle()
    const { collect } = options
    if (collect) this.home.addCollector({ name: this.name, families: [this], collect: () => collect(this) })
  }

  /** Makes this the only label set. Labels that cannot be taken are dropped, and the ones before stay. */
  set(labels: LabelsByName<L>): void {
    const series = this.labels(labels)
    if (series.isGone || this.size === 1) return
    this.clear()
    this.labels(labels)
  }

  override get layout(): CellLayout {
    return infoLayout
  }

  protected override createSeries(seat: Seat): InfoSeries {
    return new InfoSeries(this, seat)
  }
}

function notAnInfoName(name: string): TelltaleError {
  return new TelltaleError(
    'TELLTALE_METRIC_NAME',
    `metric "${name}": got an info with this name, expected one that ends in "_info", for example "build_info"`,
  )
}
