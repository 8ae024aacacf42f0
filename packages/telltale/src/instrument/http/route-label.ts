import type { IncomingMessage, ServerResponse } from 'node:http'

/** The route label of every request that no route answered. */
export const UNMATCHED_ROUTE = 'unmatched'

/** The route label of every request beyond the limit on distinct routes. */
export const OVERFLOW_ROUTE = 'other'

const DEFAULT_LIMIT = 1000
const MAX_LENGTH = 200

export interface RouteLabelOptions {
  /**
   * Names the route in place of the framework. To keep the framework's word, return `suggested`. Throwing, or
   * returning anything but a string with text in it, keeps it too, with a warning. Must not return raw paths.
   */
  readonly route?: (req: IncomingMessage, res: ServerResponse, suggested: string) => string
  /** Returns `true` for a request that is not to be recorded. Anything else, and throwing, records it. */
  readonly ignore?: (req: IncomingMessage) => boolean
  /** How many distinct routes are told apart, 1000 by default. */
  readonly limit?: number
  /** Told once about each kind of trouble. */
  readonly warn: (message: string) => void
}

/**
 * The last word on route labels: applies the user's functions without trusting them, cuts a label at 200
 * characters and folds every route beyond the limit into `other`. Never throws.
 */
export class RouteLabels {
  readonly #options: RouteLabelOptions
  readonly #limit: number
  readonly #known = new Set<string>()
  readonly #warned = new Set<string>()
  #overflows = 0

  constructor(options: RouteLabelOptions) {
    this.#options = options
    this.#limit = options.limit ?? DEFAULT_LIMIT
  }

  /** How many requests were folded into `other`. */
  get overflows(): number {
    return this.#overflows
  }

  /** Whether the user wants this request left out. */
  ignores(req: IncomingMessage): boolean {
    const { ignore } = this.#options
    if (ignore === undefined) return false
    try {
      const answer: unknown = ignore(req)
      if (typeof answer !== 'boolean') {
        this.#warnOnce(
          'ignore-type',
          `ignore returned ${kindOf(answer)}, expected a boolean: request recorded`,
        )
      }
      return answer === true
    } catch (error) {
      this.#warnOnce('ignore-throw', `ignore threw ${textOf(error)}: request recorded`)
      return false
    }
  }

  /** The label for a request that the framework calls `suggested`. */
  labelFor(req: IncomingMessage, res: ServerResponse, suggested: string): string {
    return this.#admit(this.#cut(this.#named(req, res, suggested)))
  }

  #named(req: IncomingMessage, res: ServerResponse, suggested: string): string {
    const { route } = this.#options
    if (route === undefined) return suggested
    try {
      const named: unknown = route(req, res, suggested)
      if (typeof named === 'string' && named !== '') return named
      this.#warnOnce(
        'route-type',
        `route returned ${kindOf(named)}, expected text: the framework's route is used`,
      )
    } catch (error) {
      this.#warnOnce('route-throw', `route threw ${textOf(error)}: the framework's route is used`)
    }
    return suggested
  }

  #cut(label: string): string {
    if (label.length <= MAX_LENGTH) return label
    this.#warnOnce('length', `a route label of ${label.length} characters was cut at ${MAX_LENGTH}`)
    // Not between the halves of a surrogate pair.
    const end = /[\uD800-\uDBFF]/.test(label.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH
    return label.slice(0, end)
  }

  #admit(label: string): string {
    if (this.#known.has(label) || label === UNMATCHED_ROUTE || label === OVERFLOW_ROUTE) return label
    if (this.#known.size < this.#limit) {
      this.#known.add(label)
      return label
    }
    this.#overflows += 1
    this.#warnOnce(
      'limit',
      `more than ${this.#limit} distinct routes: further ones are recorded as '${OVERFLOW_ROUTE}'; ` +
        'check that the route option returns patterns, not paths',
    )
    return OVERFLOW_ROUTE
  }

  #warnOnce(kind: string, message: string): void {
    if (this.#warned.has(kind)) return
    this.#warned.add(kind)
    try {
      this.#options.warn(message)
    } catch {
      // A failing logger must not reach the request.
    }
  }
}

function kindOf(value: unknown): string {
  if (value === '') return 'an empty string'
  return value === null ? 'null' : typeof value
}

function textOf(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : typeof error
  } catch {
    return 'an error without a readable message'
  }
}
