import { promql } from '../query/promql.js'
import type { Query } from '../query/query.js'
import { signals as catalogue } from '../signals/catalogue.js'
import { objectiveSignals } from '../signals/objective-signals.js'
import type { Signal, SignalUnit, Visualisation } from '../signals/signal.js'
import { type Line, type Panel, type Words, words } from './board.js'
import { changeSinceLastWeek, lastWeek } from './shift.js'

/** What a panel has other than its signal says. */
export interface PanelChange {
  readonly visualisation?: Visualisation
  /** Shorter than that of the signal. */
  readonly title?: Words
  readonly description?: Words
  readonly opens?: Panel['opens']
  readonly quiet?: true
}

export interface FigureChange extends PanelChange {
  /** What makes one value of several. */
  readonly over?: (query: Query) => Query
}

const besideWords = {
  before: words('last week', '지난주'),
  change: words('against last week', '지난주 대비'),
} as const

/** Panels from signals. */
export class SignalPanels {
  readonly #signals: ReadonlyMap<string, Signal>

  /** `tuned` takes the place of what the catalogue has under the same ids. */
  constructor(tuned: readonly Signal[] = []) {
    const all = [...catalogue, ...objectiveSignals, ...tuned]
    this.#signals = new Map(all.map((signal) => [signal.id, signal]))
  }

  /** A figure, and beside it the one of a week ago or by how much it is above that. */
  figure(id: string, beside: 'before' | 'change', change: FigureChange = {}): Panel {
    const { over = (query: Query) => query } = change
    const compare = beside === 'before' ? lastWeek : changeSinceLastWeek
    const panel = this.panel(id, { visualisation: 'stat', ...change })
    const query = over(panel.lines[0]!.query)
    return {
      ...panel,
      lines: [
        { query, legend: words('now', '현재') },
        { query: compare(query), legend: besideWords[beside], role: beside },
      ],
    }
  }

  /** A graph of a signal, and the same of a week ago. */
  againstLastWeek(id: string, change: PanelChange = {}): Panel {
    const before = ({ query, legend }: Line): Line => ({
      query: lastWeek(query),
      legend: words(`${legend} last week`, `${legend} 지난주`),
      role: 'last-week',
    })
    return this.extended(id, (lines) => lines.map(before), change)
  }

  /** A panel with the lines of one signal; of several, its words are those of the first. */
  panel(ids: string | readonly string[], change: PanelChange = {}): Panel {
    return this.extended(ids, () => [], change)
  }

  /** A panel with further lines after those of its signals, made from the first of them. */
  extended(
    ids: string | readonly string[],
    further: (lines: readonly Line[]) => readonly Line[],
    change: PanelChange = {},
  ): Panel {
    const signals = [ids].flat().flatMap((id) => this.#signals.get(id) ?? [])
    const [first] = signals
    if (first === undefined) throw new RangeError(`there is no signal ${ids}`)
    const lines = withoutRepeats(signals.map((signal) => lineOf(signal)))
    const alerts = signals.flatMap(({ alert }) => alert ?? [])
    return {
      visualisation: change.visualisation ?? first.panel.visualisation,
      unit: first.unit,
      title: change.title ?? { en: first.text.en.title, ko: first.text.ko.title },
      description: change.description ?? { en: first.text.en.description, ko: first.text.ko.description },
      lines: [...lines, ...further(lines)],
      alerts,
      limits: [],
      signals: signals.map(({ id }) => id),
      ...(first.panel.stacked && { stacked: true }),
      ...(change.quiet && { quiet: true }),
      ...(change.opens !== undefined && { opens: change.opens }),
    }
  }
}

function lineOf({ query, panel }: Signal): Line {
  return { query, legend: panel.legend, ...(panel.exemplars && { exemplars: true }) }
}

/** Two alerts can be about one query: too little and too much of it. */
function withoutRepeats(lines: readonly Line[]): readonly Line[] {
  const byQuery = new Map(lines.map((line) => [promql(line.query), line]))
  return [...byQuery.values()]
}

/** A panel that no signal has. */
export interface OwnPanel {
  readonly visualisation: Visualisation
  readonly unit: SignalUnit
  readonly title: Words
  readonly description: Words
  readonly lines: readonly Line[]
  readonly limits?: Panel['limits']
  readonly stacked?: true
  readonly opens?: Panel['opens']
}

export const ownPanel = (panel: OwnPanel): Panel => ({ alerts: [], limits: [], signals: [], ...panel })
