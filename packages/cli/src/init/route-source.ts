import type { Framework } from './framework.js'

/** The lines of the instrumentation that find out the route of a request. */
export interface RouteSource {
  /** The subpath of telltale that measures all requests. */
  readonly from: 'telltale/http' | 'telltale/fastify'
  /** The subpath whose middleware the application has to use, too: `noteRoute`. */
  readonly middleware: 'telltale/koa' | 'telltale/hono' | undefined
  readonly before: readonly string[]
  /** The `route` option; `undefined` where none is needed. */
  readonly option: string | undefined
}

type Say = (en: string, ko: string) => string

const byServer: RouteSource = { from: 'telltale/http', middleware: undefined, before: [], option: undefined }

/** The lines for one framework; `typed` for TypeScript. */
export function routeSource(routes: Framework['routes'], typed: boolean, say: Say): RouteSource {
  if (routes === 'none') return byHand((annotation) => (typed ? annotation : ''), say)
  if (routes === 'fastify') return { ...byServer, from: 'telltale/fastify' }
  if (routes === 'koa') return { ...byServer, middleware: 'telltale/koa' }
  return routes === 'hono' ? { ...byServer, middleware: 'telltale/hono' } : byServer
}

function byHand(typed: (annotation: string) => string, say: Say): RouteSource {
  return {
    ...byServer,
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
    ],
    option: '(req, _res, suggested) => routeOf(req, suggested)',
  }
}
