import type { Framework } from './framework.js'

/** The lines of the instrumentation that find out the route of a request. */
export interface RouteSource {
  /** Names by the modules that they come from. */
  readonly imports: Readonly<Record<string, string>>
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** The `route` option; `undefined` where none is needed. */
  readonly option: string | undefined
  /** What the application has to use, too. */
  readonly exports: readonly string[]
}

type Say = (en: string, ko: string) => string
type Typed = (annotation: string) => string

const nothing: RouteSource = { imports: {}, before: [], after: [], option: undefined, exports: [] }

const byFramework: Readonly<Record<Framework['routes'], (typed: Typed, say: Say) => RouteSource>> = {
  express: () => nothing,
  fastify,
  'fastify-hook': fastifyHook,
  koa,
  hono,
  none: byHand,
}

/** The lines for one framework; `typed` for TypeScript. */
export function routeSource(routes: Framework['routes'], typed: boolean, say: Say): RouteSource {
  return byFramework[routes]((annotation) => (typed ? annotation : ''), say)
}

const fromMap = '(req, _res, suggested) => routes.get(req) ?? suggested'

function map(typed: Typed, say: Say): readonly string[] {
  return [
    '',
    say(
      'The pattern of the route of each request, as /users/:id.',
      '각 요청의 라우트 패턴입니다. 예: /users/:id',
    ),
    `const routes = new WeakMap${typed('<IncomingMessage, string>')}()`,
  ]
}

function fastify(typed: Typed, say: Say): RouteSource {
  const shape = '{ request: { raw: IncomingMessage }; route?: { url?: string } }'
  return {
    ...nothing,
    before: map(typed, say),
    option: fromMap,
    after: [
      '',
      say('Fastify 5 tells which route a request has.', 'Fastify 5는 요청의 라우트를 알려 줍니다.'),
      `subscribe('tracing:fastify.request.handler:start', (message) => {`,
      `  const { request, route } = message${typed(` as ${shape}`)}`,
      `  if (route?.url) routes.set(request.raw, route.url)`,
      `})`,
    ],
  }
}

function fastifyHook(typed: Typed, say: Say): RouteSource {
  const argument = typed(': { raw: IncomingMessage; routeOptions?: { url?: string } }')
  return {
    ...nothing,
    before: [
      ...map(typed, say),
      say(
        "To be added before the routes: app.addHook('onRequest', noteRoute)",
        "라우트보다 먼저 더하세요: app.addHook('onRequest', noteRoute)",
      ),
      `async function noteRoute(request${argument}) {`,
      `  const url = request.routeOptions?.url`,
      `  if (url) routes.set(request.raw, url)`,
      `}`,
      '',
    ],
    option: fromMap,
    exports: ['noteRoute'],
  }
}

function koa(typed: Typed, say: Say): RouteSource {
  const context = '{ req: IncomingMessage; _matchedRoute?: unknown }'
  return {
    ...nothing,
    before: [
      '',
      say(
        "To be added before the routes: app.use(noteRoute). Koa's router writes its pattern into the context.",
        '라우트보다 먼저 더하세요: app.use(noteRoute). Koa의 라우터는 패턴을 컨텍스트에 적습니다.',
      ),
      `const contexts = new WeakMap${typed(`<IncomingMessage, ${context}>`)}()`,
      `function noteRoute(ctx${typed(`: ${context}`)}, next${typed(': () => Promise<unknown>')}) {`,
      `  contexts.set(ctx.req, ctx)`,
      `  return next()`,
      `}`,
      '',
    ],
    option: `(req, _res, suggested) => String(contexts.get(req)?._matchedRoute ?? suggested)`,
    exports: ['noteRoute'],
  }
}

function hono(typed: Typed, say: Say): RouteSource {
  const context = typed(': Parameters<typeof matchedRoutes>[0]')
  return {
    ...nothing,
    imports: { 'hono/route': 'matchedRoutes' },
    before: [
      ...map(typed, say),
      say(
        'To be added before the routes: app.use(noteRoute). It needs hono 4.8 or later, on @hono/node-server.',
        '라우트보다 먼저 더하세요: app.use(noteRoute). hono 4.8 이상과 @hono/node-server가 필요합니다.',
      ),
      `async function noteRoute(c${context}, next${typed(': () => Promise<void>')}) {`,
      `  await next()`,
      `  const path = matchedRoutes(c).at(-1)?.path`,
      `  if (path && !path.endsWith('*')) routes.set(c.env.incoming, path)`,
      `}`,
      '',
    ],
    option: fromMap,
    exports: ['noteRoute'],
  }
}

function byHand(typed: Typed, say: Say): RouteSource {
  return {
    ...nothing,
    before: [
      '',
      say(
        'Name the routes here, always as a pattern: what is left is one series, unmatched.',
        '라우트의 이름을 여기서 정하세요. 반드시 패턴이어야 합니다. 나머지는 unmatched 하나가 됩니다.',
      ),
      `const patterns${typed(': readonly (readonly [RegExp, string])[]')} = [`,
      `  [/^\\/$/, '/'],`,
      `  // [/^\\/users\\/[^/]+$/, '/users/:id'],`,
      `]`,
      `function routeOf(req${typed(': IncomingMessage')}, suggested${typed(': string')}) {`,
      `  const [path = ''] = (req.url ?? '').split('?', 1)`,
      `  return patterns.find(([shape]) => shape.test(path))?.[1] ?? suggested`,
      `}`,
      '',
    ],
    option: '(req, _res, suggested) => routeOf(req, suggested)',
  }
}
