import type { MetricsCollectionService } from 'telltale'

/** Type, severity and component of every error that this shop has of its own. */
const KNOWN = [
  ['ValidationError', 'medium', 'http'],
  ['SyntaxError', 'medium', 'http'],
  ['BadRequestError', 'medium', 'http'],
  ['ConflictError', 'medium', 'http'],
  ['PaymentDeclinedError', 'medium', 'http'],
  ['PaymentServiceError', 'high', 'http'],
  ['DatabaseUnavailableError', 'high', 'http'],
  ['InjectedFault', 'high', 'http'],
  ['CacheUnavailableError', 'medium', 'cache'],
  ['QueueUnavailableError', 'high', 'queue'],
] as const

/** Starts them at zero: the rate of a series that begins with its first error does not see that error. */
export function declareErrors(metrics: MetricsCollectionService): void {
  for (const [type, severity, component] of KNOWN) metrics.declareError(type, severity, component)
}
