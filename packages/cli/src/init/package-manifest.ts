import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError } from '../command-error.js'
import { fileFaultOf } from '../file-fault.js'

/** What a package.json says, as far as it matters here. */
export interface PackageManifest {
  readonly name: string | undefined
  readonly type: 'module' | 'commonjs'
  readonly main: string | undefined
  readonly packageManager: string | undefined
  readonly scripts: Readonly<Record<string, string>>
  /** Dependencies of all kinds with the ranges that they are asked for. */
  readonly dependencies: Readonly<Record<string, string>>
}

/** Reads the package.json of a folder. Rejects with TELLTALE_DEPLOY when there is none or it is none. */
export async function readManifest(directory: string): Promise<PackageManifest> {
  const file = join(directory, 'package.json')
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const remedy =
      error.code === 'ENOENT'
        ? 'go to the folder of the application, or make one there with npm init'
        : 'make it readable'
    throw new CommandError('TELLTALE_DEPLOY', `${file} cannot be read: ${fileFaultOf(error)}; ${remedy}`)
  })
  const data = parsed(text, file)
  return {
    name: textOf(data.name),
    type: data.type === 'module' ? 'module' : 'commonjs',
    main: textOf(data.main),
    packageManager: textOf(data.packageManager),
    scripts: textsOf(data.scripts),
    dependencies: {
      ...textsOf(data.optionalDependencies),
      ...textsOf(data.peerDependencies),
      ...textsOf(data.devDependencies),
      ...textsOf(data.dependencies),
    },
  }
}

function parsed(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(text)
    if (isRecord(data)) return data
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandError('TELLTALE_DEPLOY', `${file} is not valid JSON: ${why}; repair it`)
  }
  throw new CommandError('TELLTALE_DEPLOY', `${file} is JSON, but no object; npm expects an object there`)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  )
}
