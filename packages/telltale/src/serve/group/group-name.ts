import { createHash } from 'node:crypto'

/** The variable by which a process tells its children in which group they are. */
export const GROUP_VARIABLE = 'TELLTALE_GROUP'

/** What a name is derived from. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly pid: number
  readonly parentPid: number
  /** Whether `node:cluster` forked this process. */
  readonly isClusterWorker: boolean
}

/** Whether PM2 started this process. */
export function isOfPm2(env: Surroundings['env']): boolean {
  return env.pm_id !== undefined && env.name !== undefined
}

/**
 * The group of a process that was not told: the one that its parent named in `TELLTALE_GROUP`; with PM2, all
 * processes of its application; in a cluster, all workers and their primary; else a group of its own, which is
 * that of its children too if they find it in `TELLTALE_GROUP`.
 */
export function derivedGroupName({ env, pid, parentPid, isClusterWorker }: Surroundings): string {
  const told = env[GROUP_VARIABLE]
  if (told !== undefined && told !== '') return told
  if (isOfPm2(env)) return `pm2:${env.PM2_HOME ?? ''}:${env.namespace ?? ''}:${env.name}`
  return `process:${isClusterWorker ? parentPid : pid}`
}

/** The name as part of a path: of any text sixteen characters, since a socket's path may have no more than 107. */
export function groupKey(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16)
}
