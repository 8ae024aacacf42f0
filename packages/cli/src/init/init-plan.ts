import { type GeneratedFile, type MonitoringPlan, monitoringFiles } from '../generate/index.js'
import { type Change, changeOf } from './change.js'
import { editEntry } from './entry-edit.js'
import { type InitOptions, type ShapeOptions, shapeOf } from './init-options.js'
import { type Instrumentation, instrumentationOf } from './instrumentation.js'
import { contentHash, type Ownership, readOwnership } from './ownership.js'
import { lookAt, type Project } from './project.js'

/** Everything that one run of `telltale init` would do. */
export interface InitPlan {
  readonly project: Project
  readonly shape: ShapeOptions
  readonly instrumentation: Instrumentation
  readonly changes: readonly Change[]
  readonly entry: EntryState
  /** What is remembered once it is done. */
  readonly ownership: Ownership
  /** Files of earlier runs that these options do not ask for. */
  readonly unneeded: readonly string[]
}

/** Whether the application loads the instrumentation, and what keeps us from seeing to it. */
export type EntryState = 'edit' | 'there' | 'removed' | 'unsafe' | 'unknown'

/** Looks at the project and works out what to write; changes nothing. Rejects with TELLTALE_DEPLOY. */
export async function planInit(options: InitOptions): Promise<InitPlan> {
  const project = await lookAt(options.directory)
  const before = await readOwnership(options.directory)
  const remembered = rememberedArguments(options, before)
  const shape = shapeOf(remembered, options.language)
  const instrumentation = instrumentationOf(project, shape.environment, shape.language)
  const files = [instrumentation, ...(await monitoringFiles(monitoringPlan(project, shape)))]
  const changes = await Promise.all(files.map((file) => changeOf(options.directory, file, before)))
  const entry = entryState(project, instrumentation, changes, before)
  const paths = new Set(files.map(({ path }) => path))
  return {
    project,
    shape,
    instrumentation,
    changes: [...changes, ...(entry.change === undefined ? [] : [entry.change])],
    entry: entry.state,
    ownership: {
      arguments: remembered,
      entry: entry.state === 'edit' || entry.state === 'there' ? project.entry?.path : before?.entry,
      files: { ...before?.files, ...hashes(files) },
    },
    unneeded: Object.keys(before?.files ?? {}).filter((path) => !paths.has(path)),
  }
}

/** Those of this run in the place of those of the last one, and the language, which the environment decides once. */
function rememberedArguments(options: InitOptions, before: Ownership | undefined): readonly string[] {
  const name = (argument: string) => argument.split('=', 1)[0]
  const given = new Set(options.shaping.map(name))
  const kept = (before?.arguments ?? []).filter((argument) => !given.has(name(argument)))
  const all = [...kept, ...options.shaping]
  const hasLanguage = all.some((argument) => name(argument) === '--language')
  // Sorted, so that the order in which options are given changes no file.
  return (hasLanguage ? all : [...all, `--language=${options.language}`]).toSorted()
}

function monitoringPlan(project: Project, shape: ShapeOptions): MonitoringPlan {
  return {
    ...shape,
    name: project.name,
    dockerfile: project.dockerfile,
    start: project.start ?? 'npm start',
  }
}

function entryState(
  { entry }: Project,
  instrumentation: Instrumentation,
  changes: readonly Change[],
  before: Ownership | undefined,
): { readonly state: EntryState; readonly change?: Change } {
  if (entry === undefined) return { state: 'unknown' }
  const edit = editEntry(entry, instrumentation)
  if (edit.kind === 'there') return { state: 'there' }
  // What was taken out again is not put back, and what is not ours is not loaded.
  if (before?.entry === entry.path) return { state: 'removed' }
  const isForeign = changes.some(({ kind, about }) => kind === 'beside' && about === instrumentation.path)
  if (edit.kind === 'unsafe' || isForeign) return { state: 'unsafe' }
  const { path, text } = entry
  return { state: 'edit', change: { kind: 'edit', path, before: text, after: edit.text, about: path } }
}

function hashes(files: readonly GeneratedFile[]): Readonly<Record<string, string>> {
  return Object.fromEntries(files.map(({ path, text }) => [path, contentHash(text)]))
}
