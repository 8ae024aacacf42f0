import { readdirSync, readFileSync, statSync } from 'node:fs'
import type { Source } from './source.js'

const FOLDER = '/proc/self/fd'
const LIMITS = '/proc/self/limits'

/** The soft limit in the text of Linux' `/proc/<pid>/limits`; `undefined` when it has none. */
export function parseMaxFiles(text: string): number | undefined {
  const line = /^Max open files\s+(\d+|unlimited)\s/m.exec(text)
  if (line === null) return undefined
  return line[1] === 'unlimited' ? Infinity : Number(line[1])
}

/** Open file descriptors and how many there may be; on Linux only. */
export const fileDescriptors: Source = {
  metric: 'process_open_fds',
  start(scope) {
    if (openFiles() === undefined || maxFiles() === undefined) return undefined
    const open = scope.gauge('process_open_fds', 'Number of open file descriptors.')
    const max = scope.gauge('process_max_fds', 'Maximum number of open file descriptors.')
    return {
      collect() {
        open.set(openFiles() ?? open.value)
        max.set(maxFiles() ?? max.value)
      },
    }
  },
}

function openFiles(): number | undefined {
  try {
    // Linux 6.2 and later have the number as the size of the folder, whatever it is; before, the size is 0.
    const { size } = statSync(FOLDER)
    // Listing the folder opens one more.
    return size > 0 ? size : readdirSync(FOLDER).length - 1
  } catch {
    return undefined
  }
}

function maxFiles(): number | undefined {
  try {
    return parseMaxFiles(readFileSync(LIMITS, 'utf8'))
  } catch {
    return undefined
  }
}
