import type { ExemplarLabels, ExemplarProvider } from '../metrics/exemplar.js'

/** The parts of the OpenTelemetry API, version 1, that are needed to find the active span. */
interface OpenTelemetryApi {
  readonly context?: {
    active(): { getValue(key: symbol): unknown }
  }
}

interface ActiveSpan {
  spanContext(): { readonly traceId: string; readonly spanId: string; readonly traceFlags: number }
}

const apiSlot = Symbol.for('opentelemetry.js.api.1')
const spanKey = Symbol.for('OpenTelemetry Context Key SPAN')
const SAMPLED = 1

/**
 * Exemplars with the `trace_id` and the `span_id` of the active OpenTelemetry span, if that one is sampled. It imports
 * nothing: it reads what `@opentelemetry/api` shares with all its copies in the process, and while that is not there,
 * or has no context manager, it is not available.
 */
export const openTelemetryExemplars: ExemplarProvider = {
  available: () => api()?.context !== undefined,

  labels(): ExemplarLabels | undefined {
    // The value under this key is a span: only the API itself writes it.
    const span = api()?.context?.active().getValue(spanKey) as ActiveSpan | undefined
    if (span === undefined) return undefined
    const { traceId, spanId, traceFlags } = span.spanContext()
    return (traceFlags & SAMPLED) === 0 ? undefined : { trace_id: traceId, span_id: spanId }
  },
}

function api(): OpenTelemetryApi | undefined {
  return (globalThis as Record<symbol, unknown>)[apiSlot] as OpenTelemetryApi | undefined
}
