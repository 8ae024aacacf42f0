import { shown as text } from '../../model/metric-name.js'
import type { GroupDefinition } from './process-update.js'

const MOST_METRICS = 1000

/** Two definitions of one name that cannot become one metric. */
export interface Clash {
  readonly shown: GroupDefinition
  readonly by: string | undefined
  readonly left: GroupDefinition
  readonly of: string
}

/** Counts definitions that were left out of a group, by metric, and tells of each metric once. */
export class DefinitionClashes {
  readonly #counts = new Map<string, number>()
  readonly #told = new Set<string>()
  readonly #tell: (message: string) => void

  constructor(tell: (message: string) => void) {
    this.#tell = tell
  }

  get counts(): readonly (readonly [metric: string, count: number])[] {
    return [...this.#counts]
  }

  add({ shown, by, left, of }: Clash): void {
    const { name } = shown
    if (!this.#counts.has(name) && this.#counts.size >= MOST_METRICS) return
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
    if (this.#told.has(name)) return
    this.#told.add(name)
    this.#tell(
      `metric "${name}" of the process group is ${described(shown)} in process ${pidOf(by)} and ${described(left)} in ` +
        `process ${pidOf(of)}; the first one is shown. Give one of them another name, or the processes another group`,
    )
  }

  restore(counts: readonly (readonly [metric: string, count: number])[]): void {
    this.#counts.clear()
    for (const [metric, count] of counts) this.#counts.set(metric, count)
  }
}

function described({ type, labelNames, aggregator, perProcess }: GroupDefinition): string {
  const across = perProcess ? 'all' : aggregator
  return `a ${type} with labels ${text(labelNames)}, across "${across}",`
}

/** The ids of processes begin with their number in the operating system. */
function pidOf(process: string | undefined): string {
  return process?.split('-')[0] ?? 'unknown'
}
