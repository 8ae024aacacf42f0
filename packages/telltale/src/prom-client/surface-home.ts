import type { DropReason } from '../metrics/drop-reason.js'
import type { Home } from '../metrics/home.js'
import type { LabelTexts } from '../metrics/label-texts.js'
import type { Slab } from '../metrics/slab.js'
import type { Clock } from '../model/clock.js'
import type { ErrorCode } from '../model/error-code.js'
import { Registry as EngineRegistry } from '../registry/registry.js'

/**
 * Where a metric lives that may be in several registries or in none: its cells are in the slab of the first one,
 * and what is dropped is counted there. Registering is left to the surface, which does it once the metric is whole.
 */
export class SurfaceHome implements Home {
  readonly slab: Slab
  readonly texts: LabelTexts
  readonly clock: Clock
  readonly #engine: EngineRegistry

  constructor(engine = new EngineRegistry()) {
    this.#engine = engine
    this.slab = engine.slab
    this.texts = engine.texts
    this.clock = engine.clock
  }

  register(): void {}

  addCollector(collector: Parameters<Home['addCollector']>[0]): { stop(): void } {
    return this.#engine.addCollector(collector)
  }

  dropped(metric: string, reason: DropReason, code: ErrorCode, message: string): void {
    this.#engine.dropped(metric, reason, code, message)
  }
}
