import { readFileSync } from 'node:fs'
import type { Scope } from './scope.js'
import type { Feed, Source } from './source.js'

const STATUS = '/proc/self/status'

/** What the kernel says of the memory of a process, in bytes. */
export interface MemoryStatus {
  readonly resident: number
  readonly virtual: number
  readonly data: number
}

/** Reads the text of Linux' `/proc/<pid>/status`; `undefined` when a line is missing, as in some sandboxes. */
export function parseMemoryStatus(text: string): MemoryStatus | undefined {
  const bytes = (field: string) => {
    const line = new RegExp(`^${field}:\\s*(\\d+) kB$`, 'm').exec(text)
    return line === null ? NaN : Number(line[1]) * 1024
  }
  const status = { resident: bytes('VmRSS'), virtual: bytes('VmSize'), data: bytes('VmData') }
  return Object.values(status).some(Number.isNaN) ? undefined : status
}

/** Memory of the process as its operating system sees it; on Linux virtual memory and data segment as well. */
export const memory: Source = {
  metric: 'process_resident_memory_bytes',
  start: (scope) => (readStatus() === undefined ? residentOnly(scope) : fromStatus(scope)),
}

// The kernel makes this file when it is read, from what it has at hand: reading it never waits for a device.
function readStatus(): MemoryStatus | undefined {
  try {
    return parseMemoryStatus(readFileSync(STATUS, 'utf8'))
  } catch {
    return undefined
  }
}

function fromStatus(scope: Scope): Feed {
  const resident = residentGauge(scope)
  const virtual = scope.gauge('process_virtual_memory_bytes', 'Virtual memory size in bytes.')
  const data = scope.gauge('process_heap_bytes', 'Data segment size of the process in bytes.')
  return {
    collect() {
      const status = readStatus()
      if (status === undefined) return
      resident.set(status.resident)
      virtual.set(status.virtual)
      data.set(status.data)
    },
  }
}

function residentOnly(scope: Scope): Feed {
  const resident = residentGauge(scope)
  return { collect: () => resident.set(process.memoryUsage.rss()) }
}

function residentGauge(scope: Scope) {
  return scope.gauge('process_resident_memory_bytes', 'Resident memory size in bytes.')
}
