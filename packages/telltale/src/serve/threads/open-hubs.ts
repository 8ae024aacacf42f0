import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'

const KEY = 'telltale.open-hubs.1'

/** The hubs that were open when this thread was made. */
export function hubsAtBirth(): readonly string[] {
  const hubs: unknown = getEnvironmentData(KEY)
  return Array.isArray(hubs) ? hubs.filter((hub) => typeof hub === 'string') : []
}

/** Has threads that this one makes from now on know of a hub; returns what ends it. */
export function tellNewThreads(hub: string): () => void {
  setEnvironmentData(KEY, [...hubsAtBirth(), hub])
  return () => setEnvironmentData(KEY, [...hubsAtBirth().filter((other) => other !== hub)])
}
