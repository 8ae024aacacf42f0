import { monitoringFolder, secretFile } from '../generate/index.js'
import type { InitPlan } from './init-plan.js'
import { type InitTexts, initTexts } from './init-texts.js'
import type { Project } from './project.js'

/** What remains to be done by hand, in the order in which it matters. */
export function adviceFor(plan: InitPlan): readonly string[] {
  const texts = initTexts[plan.shape.language]
  return [
    ...installAdvice(plan.project, texts),
    ...entryAdvice(plan, texts),
    ...frameworkAdvice(plan, texts),
    ...driverAdvice(plan.project, texts),
    ...(plan.project.promClient ? [texts.promClient] : []),
    ...shapeAdvice(plan, texts),
  ]
}

function installAdvice({ installed, packageManager }: Project, texts: InitTexts): readonly string[] {
  const verb = packageManager === 'npm' ? 'install' : 'add'
  return installed ? [] : [texts.install(`${packageManager} ${verb} telltale`)]
}

function entryAdvice(
  { entry: state, instrumentation, project }: InitPlan,
  texts: InitTexts,
): readonly string[] {
  const { importLine, path } = instrumentation
  const file = project.entry?.path ?? ''
  const flag = importLine.startsWith('import') ? '--import' : '--require'
  const preload = project.typescript ? [] : [texts.preload(`NODE_OPTIONS="${flag} ./${path}"`)]
  if (state === 'unknown') return [texts.unknownEntry(importLine), ...preload]
  if (state === 'unsafe') return [texts.addLine(file, importLine), ...preload]
  return state === 'removed' ? [texts.removedLine(file, importLine), ...preload] : []
}

function frameworkAdvice({ project, instrumentation }: InitPlan, texts: InitTexts): readonly string[] {
  const { framework, unknownFramework } = project
  const { path, use } = instrumentation
  if (unknownFramework !== undefined && framework.name === 'http') {
    return [texts.unknownFramework(unknownFramework, path)]
  }
  if (framework.name === 'express') return [texts.errors(use('metrics'))]
  if (framework.routes === 'koa' || framework.routes === 'hono')
    return [texts.noteRoute(use('noteRoute'), 'app.use(noteRoute)')]
  return framework.routes === 'none' ? [texts.noRoutes(path)] : []
}

const watched = ['pg', 'mysql2', 'mysql']

function driverAdvice({ drivers, framework }: Project, texts: InitTexts): readonly string[] {
  const pools = framework.name === 'express' ? drivers.filter((name) => watched.includes(name)) : []
  const others = drivers.filter((name) => !pools.includes(name))
  return [
    ...(pools.length === 0 ? [] : [texts.database(pools.join(', '))]),
    ...(others.length === 0 ? [] : [texts.recorders(others.join(', '))]),
  ]
}

function shapeAdvice({ shape, changes, unneeded, project }: InitPlan, texts: InitTexts): readonly string[] {
  const secret = shape.remoteWrite === undefined ? undefined : secretFile(shape.remoteWrite)
  const beside = changes.filter(({ kind }) => kind === 'beside').map(({ path }) => path)
  return [
    ...(secret === undefined ? [] : [texts.secret(`${monitoringFolder}/${secret}`)]),
    ...(shape.remoteWrite?.tenant === undefined ? [] : [texts.tenant]),
    ...(shape.kubernetes ? [texts.kubernetes] : []),
    ...(beside.length === 0 ? [] : [texts.beside(beside.join(', '))]),
    ...(unneeded.length === 0 ? [] : [texts.unneeded(unneeded.join(', '))]),
    ...(project.start === undefined ? [texts.noStart] : []),
  ]
}
