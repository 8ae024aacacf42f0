import type { Cluster } from 'node:cluster'

/** The cluster module, looked up when it is needed: importing it makes some application servers fail. */
export function nodeCluster(): Cluster {
  // The types describe what an import gives; this is what `require` gives.
  return process.getBuiltinModule('node:cluster') as unknown as Cluster
}
