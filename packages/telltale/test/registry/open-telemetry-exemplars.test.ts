import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import {
  type Context,
  type ContextManager,
  context,
  ROOT_CONTEXT,
  type Span,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Counter, defaultRegistry, expose, openTelemetryExemplars, Registry } from '../../src/index.js'

/** As much of a context manager as OpenTelemetry's own one for Node.js is in essence. */
class AsyncContextManager implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>()

  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    active: Context,
    run: F,
    self?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.#storage.run(active, () => run.apply(self, args))
  }

  bind<T>(_active: Context, target: T): T {
    return target
  }

  enable(): this {
    return this
  }

  disable(): this {
    this.#storage.disable()
    return this
  }
}

const traceId = '0af7651916cd43dd8448eb211c80319c'
const sampledSpan = (spanId: string): Span =>
  trace.wrapSpanContext({ traceId, spanId, traceFlags: TraceFlags.SAMPLED })

const during = <T>(span: Span, run: () => T): T => context.with(trace.setSpan(ROOT_CONTEXT, span), run)

beforeEach(() => {
  context.setGlobalContextManager(new AsyncContextManager())
})

afterEach(() => {
  context.disable()
})

async function exemplars(registry: Registry): Promise<readonly string[]> {
  const accept = 'application/openmetrics-text;version=1.0.0'
  const { body } = await expose(registry, { accept })
  return [...body.matchAll(/^(\S+) .* # (\{.*\})/gm)].map(([, sample, labels]) => `${sample} ${labels}`)
}

function setUp() {
  const registry = new Registry({ exemplars: openTelemetryExemplars })
  const counter = new Counter({ name: 'sent_total', help: 'S.', labels: ['to'], registry })
  return { registry, counter }
}

test('the active span of each of two requests at once is the exemplar of what that one records', async () => {
  const { registry, counter } = setUp()
  const request = (to: string, spanId: string) =>
    during(sampledSpan(spanId), async () => {
      await turn()
      counter.labels(to).inc()
    })
  await Promise.all([request('a', 'b7ad6b7169203331'), request('b', 'c7ad6b7169203332')])
  expect(await exemplars(registry)).toEqual([
    `sent_total{to="a"} {trace_id="${traceId}",span_id="b7ad6b7169203331"}`,
    `sent_total{to="b"} {trace_id="${traceId}",span_id="c7ad6b7169203332"}`,
  ])
})

test('a span that is not sampled is no exemplar, nor is no span', async () => {
  const { registry, counter } = setUp()
  const unsampled = trace.wrapSpanContext({
    traceId,
    spanId: 'b7ad6b7169203331',
    traceFlags: TraceFlags.NONE,
  })
  during(unsampled, () => counter.labels('a').inc())
  counter.labels('a').inc()
  expect(await exemplars(registry)).toEqual([])
})

test('without OpenTelemetry there is no exemplar, and with it there is from the next scrape on', async () => {
  context.disable()
  const { registry, counter } = setUp()
  counter.labels('a').inc()
  expect(openTelemetryExemplars.available?.()).toBe(false)
  expect(await exemplars(registry)).toEqual([])
  context.setGlobalContextManager(new AsyncContextManager())
  await expose(registry)
  during(sampledSpan('b7ad6b7169203331'), () => counter.labels('a').inc())
  expect(await exemplars(registry)).toHaveLength(1)
})

test('the default registry finds the span by itself', async () => {
  const counter = new Counter({ name: 'default_sent_total', help: 'S.' })
  during(sampledSpan('b7ad6b7169203331'), () => counter.inc())
  expect(await exemplars(defaultRegistry())).toEqual([
    `default_sent_total {trace_id="${traceId}",span_id="b7ad6b7169203331"}`,
  ])
})

test('a span that cannot be read costs its exemplar and is counted', async () => {
  const registry = new Registry({ exemplars: openTelemetryExemplars, warn: () => {} })
  const counter = new Counter({ name: 'sent_total', help: 'S.', registry })
  during({} as Span, () => counter.inc())
  const { body } = await expose(registry)
  expect(body).toContain('telltale_exemplars_dropped_total{metric="sent_total",reason="provider_error"} 1')
})
