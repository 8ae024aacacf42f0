import type { LabelledFamily } from '../metrics/family.js'
import type { Series } from '../metrics/series.js'
import type { Registry as EngineRegistry } from '../registry/registry.js'

/** A family that was defined with the engine's own classes, for a metric of this surface to show. */
export class Adopted<S extends Series> {
  readonly family: LabelledFamily<readonly string[], S>
  /** Where its collectors are. */
  readonly engine: EngineRegistry

  constructor(family: LabelledFamily<readonly string[], S>, engine: EngineRegistry) {
    this.family = family
    this.engine = engine
  }
}
