import type { Cluster } from 'node:cluster'
import { anchorOf, type GroupAnchor } from '../group/group-anchor.js'
import { derivedGroupName, GROUP_VARIABLE, isOfPm2, type Surroundings } from '../group/group-name.js'

/**
 * The name of the group that this process is in by its surroundings: the one in `TELLTALE_GROUP`, PM2's application,
 * or the cluster; `undefined` for a process by itself.
 */
export function ownGroupName(): string | undefined {
  const { env } = process
  const isTold = Boolean(env[GROUP_VARIABLE]) || isOfPm2(env)
  const { isWorker } = cluster()
  return isTold || isWorker || hasWorkers() ? derivedGroupName(surroundings(isWorker)) : undefined
}

/** Which process starts those of the group again that this one is in, whatever the group is called. */
export function ownAnchor(): GroupAnchor | undefined {
  const { isWorker, worker } = cluster()
  // A worker without its primary has another parent.
  if (isWorker && !worker?.isConnected()) return undefined
  return anchorOf({ ...surroundings(isWorker), isClusterPrimary: hasWorkers() })
}

/** Calls back with the name of the group once this process makes the first worker of a cluster; returns what ends it. */
export function atFirstWorker(callback: (name: string) => void): () => void {
  const primary = cluster()
  const onFork = () => callback(derivedGroupName(surroundings(false)))
  primary.once('fork', onFork)
  return () => primary.off('fork', onFork)
}

function surroundings(isClusterWorker: boolean): Surroundings {
  return { env: process.env, pid: process.pid, parentPid: process.ppid, isClusterWorker }
}

function hasWorkers(): boolean {
  return Object.keys(cluster().workers ?? {}).length > 0
}

/**
 * Loaded only when it is asked, because a process by itself does not use it; not by `import()`, which Jest refuses in
 * CommonJS.
 */
function cluster(): Cluster {
  // Its types describe it as `import` gives it, with the cluster as `default`; this gives the cluster itself.
  return process.getBuiltinModule('node:cluster') as unknown as Cluster
}
