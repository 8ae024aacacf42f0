import { readFile } from 'node:fs/promises'
import { TelltaleError } from 'telltale'
import {
  durationSeconds,
  type ObjectiveFile,
  readObjectives,
  signals,
  type Tuning,
} from 'telltale/monitoring'
import { parseDocument } from 'yaml'
import { CommandError } from '../command-error.js'
import { fileFaultOf } from '../file-fault.js'
import { reasonOf } from '../yaml-document/index.js'

/** Reads a file of objectives. Rejects with TELLTALE_USAGE, which names the file and the place. */
export async function readObjectiveFile(path: string, retention: number | undefined): Promise<ObjectiveFile> {
  const data = await readData(path)
  try {
    return readObjectives(data, retention)
  } catch (error) {
    if (error instanceof TelltaleError) throw unusable(path, error.message)
    throw error
  }
}

/** Reads a file of thresholds. Rejects with TELLTALE_USAGE, which names the file and the place. */
export async function readTuningFile(path: string): Promise<Readonly<Record<string, Tuning>>> {
  const data = await readData(path)
  if (!isMapping(data))
    throw unusable(path, 'it has to be a mapping of the ids of signals to their thresholds')
  return Object.fromEntries(Object.entries(data).map(([id, entry]) => [id, tuning(path, id, entry)]))
}

function tuning(path: string, id: string, entry: unknown): Tuning {
  const alert = signals.find((signal) => signal.id === id)?.alert
  if (alert === undefined) {
    const known = signals.flatMap((signal) => (signal.alert ? [signal.id] : []))
    throw unusable(path, `there is no alert "${id}"; there are ${known.join(', ')}`)
  }
  if (!isMapping(entry))
    throw unusable(path, `"${id}" has to be a mapping such as { warning: 0.5, for: 10m }`)
  const { for: lasting, minimum, ...thresholds } = entry
  const severities = alert.thresholds.map(({ severity }): string => severity)
  for (const [severity, value] of Object.entries(thresholds)) {
    if (severities.includes(severity) && typeof value === 'number') continue
    throw unusable(
      path,
      `"${id}.${severity}" is ${JSON.stringify(value)}; give a number for ${severities.join(' or ')}`,
    )
  }
  const forSeconds = lasting === undefined ? undefined : durationSeconds(String(lasting))
  if (lasting !== undefined && forSeconds === undefined) {
    throw unusable(path, `"${id}.for" is ${JSON.stringify(lasting)}; give a duration such as 10m`)
  }
  if (minimum !== undefined && (typeof minimum !== 'number' || alert.minimum === undefined)) {
    const remedy = alert.minimum === undefined ? 'this alert has no minimum' : 'give a number'
    throw unusable(path, `"${id}.minimum" is ${JSON.stringify(minimum)}; ${remedy}`)
  }
  return {
    // Checked above: every value is a number.
    thresholds: thresholds as Readonly<Record<string, number>>,
    ...(forSeconds !== undefined && { forSeconds }),
    ...(typeof minimum === 'number' && { minimum }),
  }
}

async function readData(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unusable(path, fileFaultOf(error))
  })
  const document = parseDocument(text, { version: '1.1' })
  const [mistake] = document.errors
  if (mistake !== undefined) {
    const [place] = mistake.linePos ?? []
    const where = place === undefined ? '' : `line ${place.line}, column ${place.col}: `
    throw unusable(path, `${where}${reasonOf(mistake)}`)
  }
  return document.toJS()
}

function isMapping(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}

function unusable(path: string, why: string): CommandError {
  return new CommandError('TELLTALE_USAGE', `${path} cannot be used: ${why}`)
}
