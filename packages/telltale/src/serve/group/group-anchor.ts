import { isOfPm2, type Surroundings } from './group-name.js'
import { processNumbered } from './process-id.js'

/** A process that starts those of a group again: while it is there, others come after the last one was killed. */
export interface GroupAnchor {
  /** Named as `isAlive` knows it. */
  readonly process: string
  /**
   * Whether the group has ended when all of its processes have left in order, as when PM2 stops an application. In a
   * cluster it has not: the primary replaces its workers.
   */
  readonly endsInOrder: boolean
}

/**
 * The anchor of a group: with PM2 its daemon, in a cluster the primary. None where the operating system does not say
 * when a process began, by which it is told from a later one with its number.
 */
export function anchorOf(
  surroundings: Surroundings & { readonly isClusterPrimary: boolean },
): GroupAnchor | undefined {
  const { env, pid, parentPid, isClusterWorker, isClusterPrimary } = surroundings
  const endsInOrder = isOfPm2(env)
  if (!endsInOrder && !isClusterWorker && !isClusterPrimary) return undefined
  const process = processNumbered(endsInOrder || isClusterWorker ? parentPid : pid)
  return process === undefined ? undefined : { process, endsInOrder }
}
