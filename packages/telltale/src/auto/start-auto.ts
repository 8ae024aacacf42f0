import cluster from 'node:cluster'
import { realpathSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import { watchOutboundRequests } from '../instrument/outbound/watch-outbound-requests.js'
import { processWide } from '../model/process-wide.js'
import { defaultRegistry } from '../registry/default-registry.js'
import { GROUP_VARIABLE, isOfPm2 } from '../serve/group/group-name.js'
import { joinThreads } from '../serve/threads/thread-member.js'
import { autoSettings } from './auto-settings.js'
import { measureApplication, type RequestRecording } from './measured-application.js'
import { takePm2Environment } from './pm2-environment.js'
import { type ProcessFacts, roleOf } from './process-role.js'

/** Measures this process, or thread, if it is an application's. Once, however often it is loaded, and never throws. */
export function startAuto(recordRequests: RequestRecording): void {
  try {
    processWide('telltale.auto.1', () => begin(recordRequests))
  } catch (error) {
    process.stderr.write(`Metrics: ${error instanceof Error ? error.message : String(error)}\n`)
  }
}

function begin(recordRequests: RequestRecording): true {
  if (isMainThread) takePm2Environment(process.env)
  const settings = autoSettings(process.env)
  const role = roleOf(ownFacts(settings.port))
  if (role !== 'none') joinThreads(defaultRegistry)
  if (role === 'thread') watchOutboundRequests()
  if (role === 'application') measureApplication(settings, recordRequests)
  return true
}

function ownFacts(port: number): ProcessFacts {
  const { env, pid, execArgv: flags } = process
  const isGrouped = cluster.isWorker || isOfPm2(env) || Boolean(env[GROUP_VARIABLE])
  return { program: ownProgram(), flags, env, pid, isMainThread, isGrouped, port, isAlive }
}

function ownProgram(): string | undefined {
  const file = process.argv[1]
  if (file === undefined) return undefined
  try {
    return realpathSync(file)
  } catch {
    // Without its extension, which Node.js adds itself.
    return file
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
