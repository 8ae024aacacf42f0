import type { Family } from '../metrics/family.js'
import { processWide } from '../model/process-wide.js'
import type { Registry as EngineRegistry } from '../registry/registry.js'

/** What registries need of a metric of this surface. */
export interface Enrollable {
  /** The family of the engine that holds its values. */
  readonly family: Family
  /** Brings the values up to date. */
  refresh(): void | Promise<void>
  /** Hears of each registry that shows it. */
  enrolled?(engine: EngineRegistry): void
}

/** The metric of this surface for a family, the same one through every registry that shows it. */
export function metricsByFamily<M extends Enrollable>(): WeakMap<Family, M> {
  return processWide('telltale.prom-client-metrics.1', () => new WeakMap<Family, M>())
}

/** Shows a metric in a registry; once it is there, nothing happens. Throws prom-client's error for a taken name. */
export function enrol(metric: Enrollable, engine: EngineRegistry): void {
  const { family } = metric
  const existing = engine.get(family.name)
  if (existing === family) return
  if (existing !== undefined) {
    throw new Error(`A metric with the name ${family.name} has already been registered.`)
  }
  engine.register(family)
  engine.addCollector({
    name: family.name,
    families: [family],
    collect: () => metric.refresh(),
  })
  metric.enrolled?.(engine)
}

/** Shows a metric in all of these registries or, when one of them refuses it, in none. */
export function enrolInAll(metric: Enrollable, engines: readonly EngineRegistry[]): void {
  const entered: EngineRegistry[] = []
  try {
    for (const engine of engines) {
      enrol(metric, engine)
      entered.push(engine)
    }
  } catch (error) {
    for (const engine of entered) engine.unregister(metric.family.name)
    throw error
  }
}
