import { expose, exposeJson } from '../exposition/expose.js'
import type { JsonFamily } from '../exposition/json-encoder.js'
import { TEXT_CONTENT_TYPE } from '../exposition/text-encoder.js'
import type { Family } from '../metrics/family.js'
import { Registry as EngineRegistry } from '../registry/registry.js'

/** A registry with prom-client's methods, over a registry of the engine. */
export class Registry {
  readonly contentType = TEXT_CONTENT_TYPE
  readonly #engine: EngineRegistry

  /** The view of an engine's registry that application code from prom-client knows. */
  static over(engine: EngineRegistry): Registry {
    return new Registry(engine)
  }

  constructor(engine: EngineRegistry = new EngineRegistry()) {
    this.#engine = engine
  }

  async metrics(): Promise<string> {
    return (await expose(this.#engine)).body
  }

  getMetricsAsJSON(): Promise<readonly JsonFamily[]> {
    return exposeJson(this.#engine)
  }

  registerMetric(metric: Family): void {
    this.#engine.register(metric)
  }

  getSingleMetric(name: string): Family | undefined {
    return this.#engine.get(name)
  }

  removeSingleMetric(name: string): void {
    this.#engine.unregister(name)
  }

  resetMetrics(): void {
    this.#engine.reset()
  }

  clear(): void {
    this.#engine.clear()
  }
}
