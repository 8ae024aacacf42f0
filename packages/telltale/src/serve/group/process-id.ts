import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { threadId } from 'node:worker_threads'
import { processWide } from '../../model/process-wide.js'

interface OwnSources {
  readonly began: string
  readonly ids: WeakMap<object, string>
  count: number
}

/**
 * Names a source of metrics among all that ever were on the machine: by its process's number, when that began, and
 * `identity`, which tells the sources of one process apart. The same source has the same name each time.
 */
export function processIdOf(source: object, identity: string | undefined): string {
  const own = ownSources()
  const id = identity ?? own.ids.get(source) ?? `${threadId}.${own.count++}`
  own.ids.set(source, id)
  return `${process.pid}-${own.began}-${id}`
}

function ownSources(): OwnSources {
  return processWide('telltale.group-sources.1', () => ({
    began: beganOf('self') ?? randomBytes(6).toString('hex'),
    ids: new WeakMap(),
    count: 0,
  }))
}

/** Names a process that is there as `isAlive` knows it; nothing where it cannot be known when it began. */
export function processNumbered(pid: number): string | undefined {
  const began = beganOf(String(pid))
  return began === undefined || began === 'ended' ? undefined : `${pid}-${began}`
}

/** The number of a process in the operating system. */
export function pidIn(id: string): number {
  return Number(id.split('-')[0])
}

/**
 * Whether a process is still there. Where the operating system says when a process began, a later one with the same
 * number is not taken for it, and neither is one that has ended but whose parent has not looked.
 */
export function isAlive(id: string): boolean {
  const began = id.split('-')[1]
  const pid = pidIn(id)
  if (!Number.isInteger(pid) || pid <= 0) return false
  // Elsewhere each thread of a process has its own idea of when that began.
  if (pid === process.pid) return process.platform !== 'linux' || began === ownSources().began
  const now = beganOf(String(pid))
  if (now === undefined) return answersSignal(pid)
  return now === began
}

/** When a process began, in the kernel's ticks; `ended` for one that has, `undefined` where that cannot be known. */
function beganOf(pid: string): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name of the program, in parentheses, may have any character in it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : fields[19]
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ESRCH' ? 'ended' : undefined
  }
}

function answersSignal(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
