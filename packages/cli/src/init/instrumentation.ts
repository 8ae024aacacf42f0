import type { Language } from 'telltale/monitoring'
import type { Environment, GeneratedFile } from '../generate/index.js'
import { folderOf } from './entry.js'
import type { Project } from './project.js'
import { routeSource } from './route-source.js'

/** The file that measures the application, and what its entry says to load it. */
export interface Instrumentation extends GeneratedFile {
  /** Whole, as in `import './telltale.js'`. */
  readonly importLine: string
  /** What stands in quotes there. */
  readonly specifier: string
  /** For who needs what it exports: `import { metrics } from './telltale.js'`. */
  readonly use: (name: string) => string
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
    use: (name) => loaded([name], specifier, form),
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
  const names = [
    'MetricsMiddleware',
    'MetricsServer',
    ...(environment === undefined ? [] : ['getMetricsConfig']),
  ]
  const config = environment === undefined ? [] : [`config: getMetricsConfig('${environment}')`]
  const settings = [...config, 'outboundRequests: true'].join(', ')
  const route = routeSource(framework.routes, form.typed, say)
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
    ...(form.typed && route.option !== undefined ? [`import type { IncomingMessage } from 'node:http'`] : []),
    loaded(names, 'telltale', form),
    loaded(['processHTTPMetrics'], route.from, form),
    ...(route.middleware === undefined ? [] : [loaded(['httpMetrics'], route.middleware, form)]),
    '',
    `const port = Number(process.env.METRICS_PORT ?? 9090)`,
    `const metrics = new MetricsMiddleware({ ${settings} })`,
    ...route.before,
    '',
    say(
      'Every request of the process, from its arrival, before any framework sees it.',
      '프로세스의 모든 요청을 도착한 때부터, 프레임워크보다 먼저 측정합니다.',
    ),
    `processHTTPMetrics({`,
    `  metrics,`,
    ...(route.option === undefined ? [] : [`  route: ${route.option},`]),
    `  ignore: (req) => req.socket.localPort === port,`,
    `})`,
    ...(route.middleware === undefined ? [] : noteRoute(say)),
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
    exported(['metrics', 'metricsServer', ...(route.middleware === undefined ? [] : ['noteRoute'])], form),
  ]
  return `${terminated(lines, form).join('\n')}\n`
}

function noteRoute(say: (en: string, ko: string) => string): readonly string[] {
  return [
    say(
      'To be added before the routes: app.use(noteRoute). It says which route each request has.',
      '라우트보다 먼저 더하세요: app.use(noteRoute). 각 요청의 라우트를 알려 줍니다.',
    ),
    `const noteRoute = httpMetrics({ metrics })`,
  ]
}

function loaded(names: readonly string[], from: string, { modules, typed }: Form): string {
  const list = names.join(', ')
  return modules === 'import' || typed
    ? `import { ${list} } from '${from}'`
    : `const { ${list} } = require('${from}')`
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
