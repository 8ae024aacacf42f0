import type { Cluster } from 'node:cluster'
import { derivedGroupName, GROUP_VARIABLE } from '../group/group-name.js'

/**
 * The name of the group that this process is in by its surroundings: the one in `TELLTALE_GROUP`, PM2's application,
 * or the cluster; `undefined` for a process by itself.
 */
export function ownGroupName(): string | undefined {
  const { env } = process
  const isTold = Boolean(env[GROUP_VARIABLE]) || (env.pm_id !== undefined && env.name !== undefined)
  const { isWorker, workers } = cluster()
  const isOneOfSeveral = isTold || isWorker || Object.keys(workers ?? {}).length > 0
  return isOneOfSeveral ? nameOf(isWorker) : undefined
}

/** Calls back with the name of the group once this process makes the first worker of a cluster; returns what ends it. */
export function atFirstWorker(callback: (name: string) => void): () => void {
  const primary = cluster()
  const onFork = () => callback(nameOf(false))
  primary.once('fork', onFork)
  return () => primary.off('fork', onFork)
}

function nameOf(isClusterWorker: boolean): string {
  return derivedGroupName({ env: process.env, pid: process.pid, parentPid: process.ppid, isClusterWorker })
}

/**
 * Loaded only when it is asked, because a process by itself does not use it; not by `import()`, which Jest refuses in
 * CommonJS.
 */
function cluster(): Cluster {
  // Its types describe it as `import` gives it, with the cluster as `default`; this gives the cluster itself.
  return process.getBuiltinModule('node:cluster') as unknown as Cluster
}
