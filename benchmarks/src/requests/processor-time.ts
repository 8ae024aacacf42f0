import { readdirSync, readFileSync } from 'node:fs'

/** Seconds for which the threads of a process had a processor, from Linux' scheduler; NaN elsewhere. */
export function processorSeconds(pid: number): number {
  try {
    let nanoseconds = 0
    for (const thread of readdirSync(`/proc/${pid}/task`)) nanoseconds += onProcessor(pid, thread)
    return nanoseconds / 1e9
  } catch {
    return Number.NaN
  }
}

/** A thread may end between the two looks. */
function onProcessor(pid: number, thread: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  } catch {
    return 0
  }
}
