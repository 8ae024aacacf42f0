import type { Language } from 'telltale/monitoring'
import type { Environment, GeneratedFile } from '../generate/index.js'
import { folderOf } from './entry.js'
import type { Project } from './project.js'

/** The file that measures the application, and what its entry says to load it. */
export interface Instrumentation extends GeneratedFile {
  /** Whole, as in `import './telltale.js'`. */
  readonly importLine: string
  /** What stands in quotes there. */
  readonly specifier: string
}

/** Makes the file for the framework, the module system and the language of a project. */
export function instrumentationOf(
  project: Project,
  environment: Environment | undefined,
  language: Language,
): Instrumentation {
  const form = formOf(project)
  const path = `${project.entry === undefined ? '' : folderOf(project.entry)}telltale.${form.extension}`
  const specifier = `./telltale${form.specifierEnding}`
  return {
    path,
    text: source(project, form, environment, language),
    specifier,
    importLine: lineFor(specifier, form),
  }
}

interface Form {
  readonly extension: string
  readonly specifierEnding: string
  readonly typed: boolean
  readonly modules: 'import' | 'require'
  readonly semicolons: boolean
}

function formOf({ entry, typescript, manifest }: Project): Form {
  const semicolons = entry === undefined || /;\s*$/m.test(entry.text)
  if (entry === undefined && !typescript) {
    const modules = manifest.type === 'module' ? 'import' : 'require'
    return { extension: 'js', specifierEnding: '.js', typed: false, modules, semicolons }
  }
  const extension = /\.([cm]?[jt]s)$/.exec(entry?.path ?? '.ts')?.[1] ?? 'ts'
  const made = { source: `.${extension}`, javascript: `.${extension.replace('ts', 'js')}`, none: '' }
  return {
    extension,
    specifierEnding: made[entry?.ending ?? 'javascript'],
    typed: typescript,
    modules: entry?.modules ?? 'import',
    semicolons,
  }
}

function lineFor(specifier: string, { modules, semicolons }: Form): string {
  const line = modules === 'import' ? `import '${specifier}'` : `require('${specifier}')`
  return semicolons ? `${line};` : line
}

function source(
  { framework }: Project,
  form: Form,
  environment: Environment | undefined,
  language: Language,
): string {
  const say = (en: string, ko: string) => `// ${language === 'ko' ? ko : en}`
  const names = ['MetricsMiddleware', 'MetricsServer', ...(environment === undefined ? [] : ['getMetricsConfig'])]
  const imports = [loaded(['subscribe'], 'node:diagnostics_channel', form), loaded(names, 'telltale', form)]
  const settings = environment === undefined ? '' : `{ config: getMetricsConfig('${environment}') }`
  const route = routeParts(framework.routes, form, say)
  const typed = (type: string) => (form.typed ? `: ${type}` : '')
  const lines = [
    say(
      'Made by telltale init. Change what you like: a file that you changed is never overwritten.',
      'telltale init이 만든 파일입니다. 자유롭게 고치세요. 고친 파일은 덮어쓰지 않습니다.',
    ),
    say(
      'To be loaded before the rest of the application; metrics are at http://localhost:9090/metrics then.',
      '애플리케이션의 다른 부분보다 먼저 불러오세요. 메트릭은 http://localhost:9090/metrics 에 있습니다.',
    ),
    ...(form.typed ? [`import type { IncomingMessage, ServerResponse } from 'node:http'`] : []),
    ...imports,
    '',
    `const port = Number(process.env.METRICS_PORT ?? 9090)`,
    `const metrics = new MetricsMiddleware(${settings})`,
    ...route.before,
    `const measure = metrics.collectHTTPMetrics({`,
    ...(route.option === undefined ? [] : [`  route: ${route.option},`]),
    `  ignore: (req) => req.socket.localPort === port,`,
    `})`,
    '',
    say(
      'Node.js tells of every request before any framework sees it.',
      'Node.js는 프레임워크보다 먼저 모든 요청을 알려 줍니다.',
    ),
    `subscribe('http.server.request.start', (message) => {`,
    form.typed
      ? `  const { request, response } = message as { request: IncomingMessage; response: ServerResponse }`
      : `  const { request, response } = message`,
    `  measure(request, response, () => {})`,
    `})`,
    ...route.after,
    '',
    say(
      'METRICS_HOST=0.0.0.0 opens the metrics to the network, METRICS_TOKEN_FILE to those who know the token.',
      'METRICS_HOST=0.0.0.0 이면 네트워크에 열리고, METRICS_TOKEN_FILE 이 있으면 토큰을 아는 쪽에만 열립니다.',
    ),
    `const tokenFile${typed('string | undefined')} = process.env.METRICS_TOKEN_FILE`,
    `const metricsServer = new MetricsServer(port, {`,
    `  host: process.env.METRICS_HOST ?? '127.0.0.1',`,
    `  ...(tokenFile ? { bearerTokenFile: tokenFile } : {}),`,
    `})`,
    `metricsServer.start()`,
    '',
    exported(['metrics', 'metricsServer', ...route.exports], form),
  ]
  return `${terminated(lines, form).join('\n')}\n`
}

interface RouteParts {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly option: string | undefined
  readonly exports: readonly string[]
}

function routeParts(
  routes: Project['framework']['routes'],
  form: Form,
  say: (en: string, ko: string) => string,
): RouteParts {
  const none = { before: [], after: [], option: undefined, exports: [] }
  if (routes === 'express') return none
  const type = (text: string) => (form.typed ? text : '')
  const known = [
    '',
    say('The pattern of the route of each request, as /users/:id.', '각 요청의 라우트 패턴입니다. 예: /users/:id'),
    `const routes = new WeakMap${type('<IncomingMessage, string>')}()`,
  ]
  const option = '(req, _res, suggested) => routes.get(req) ?? suggested'
  if (routes === 'fastify') {
    const shape = '{ request: { raw: IncomingMessage }; route?: { url?: string } }'
    return {
      ...none,
      before: known,
      option,
      after: [
        '',
        say('Fastify 5 tells which route a request has.', 'Fastify 5는 요청의 라우트를 알려 줍니다.'),
        `subscribe('tracing:fastify.request.handler:start', (message) => {`,
        `  const { request, route } = message${type(` as ${shape}`)}`,
        `  if (route?.url) routes.set(request.raw, route.url)`,
        `})`,
      ],
    }
  }
  if (routes === 'fastify-hook') {
    const argument = type(': { raw: IncomingMessage; routeOptions?: { url?: string } }')
    return {
      ...none,
      before: [
        ...known,
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
      option,
      exports: ['noteRoute'],
    }
  }
  if (routes === 'koa') {
    const context = '{ req: IncomingMessage; _matchedRoute?: unknown }'
    return {
      ...none,
      before: [
        '',
        say(
          'To be added before the routes: app.use(noteRoute). The router of Koa writes its pattern into the context.',
          '라우트보다 먼저 더하세요: app.use(noteRoute). Koa의 라우터는 패턴을 컨텍스트에 적습니다.',
        ),
        `const contexts = new WeakMap${type(`<IncomingMessage, ${context}>`)}()`,
        `function noteRoute(ctx${type(`: ${context}`)}, next${type(': () => Promise<unknown>')}) {`,
        `  contexts.set(ctx.req, ctx)`,
        `  return next()`,
        `}`,
        '',
      ],
      option: `(req, _res, suggested) => String(contexts.get(req)?._matchedRoute ?? suggested)`,
      exports: ['noteRoute'],
    }
  }
  if (routes === 'hono') {
    const context = ': Parameters<typeof matchedRoutes>[0]'
    return {
      ...none,
      before: [
        ...known,
        say(
          "To be added before the routes: app.use(noteRoute). It needs hono 4.8 or later, on @hono/node-server.",
          '라우트보다 먼저 더하세요: app.use(noteRoute). hono 4.8 이상과 @hono/node-server가 필요합니다.',
        ),
        `async function noteRoute(c${type(context)}, next${type(': () => Promise<void>')}) {`,
        `  await next()`,
        `  const path = matchedRoutes(c).at(-1)?.path`,
        `  if (path && !path.endsWith('*')) routes.set(c.env.incoming, path)`,
        `}`,
        '',
      ],
      option,
      exports: ['noteRoute'],
    }
  }
  return {
    ...none,
    before: [
      '',
      say(
        'Name the routes here, always as a pattern: what is left is one series, unmatched.',
        '라우트의 이름을 여기서 정하세요. 반드시 패턴이어야 합니다. 나머지는 unmatched 하나가 됩니다.',
      ),
      `const patterns${type(': readonly (readonly [RegExp, string])[]')} = [`,
      `  [/^\\/$/, '/'],`,
      `  // [/^\\/users\\/[^/]+$/, '/users/:id'],`,
      `]`,
      `function routeOf(req${type(': IncomingMessage')}, suggested${type(': string')}) {`,
      `  const [path = ''] = (req.url ?? '').split('?', 1)`,
      `  return patterns.find(([shape]) => shape.test(path))?.[1] ?? suggested`,
      `}`,
      '',
    ],
    option: '(req, _res, suggested) => routeOf(req, suggested)',
  }
}

function loaded(names: readonly string[], from: string, { modules, typed }: Form): string {
  const list = names.join(', ')
  if (modules === 'import') return `import { ${list} } from '${from}'`
  return typed ? `import ${list} = require('${from}')` : `const { ${list} } = require('${from}')`
}

function exported(names: readonly string[], { modules, typed }: Form): string {
  const list = names.join(', ')
  return modules === 'import' || typed ? `export { ${list} }` : `module.exports = { ${list} }`
}

/** With semicolons where the application has them. */
function terminated(lines: readonly string[], { semicolons }: Form): readonly string[] {
  if (!semicolons) return lines
  return lines.map((line) => (/^\s*\/\/|[{[(,;]$|^$|^}$/.test(line) ? line : `${line};`))
}
