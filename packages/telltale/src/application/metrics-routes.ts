import type { Middleware } from './metrics-middleware.js'
import { metricsRouter } from './metrics-router.js'
import type { MountedOptions } from './mounted-options.js'

/** Options of {@link MetricsRoutes}. */
export type MetricsRoutesOptions = MountedOptions

/** The metrics routes as the guide has them; {@link metricsRouter} says what they are. */
export class MetricsRoutes {
  readonly #router: Middleware

  /** Throws `TELLTALE_OPTION` for options that are none. */
  constructor(options: MetricsRoutesOptions = {}) {
    this.#router = metricsRouter(options)
  }

  getRouter(): Middleware {
    return this.#router
  }
}
