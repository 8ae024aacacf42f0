import { readFileSync } from 'node:fs'

const interval = 1_000

/**
 * Calls `gone` when the npm that started this process is there no more. A signal to npm does not always get
 * through its shell, and a killed npm passes nothing on: either is seen by processes above this one changing.
 */
export function watchLauncher(gone: () => void): { stop(): void } {
  if (process.env.npm_lifecycle_event === undefined) return { stop: () => undefined }
  const before = ancestors()
  const timer = setInterval(() => {
    if (ancestors() === before) return
    clearInterval(timer)
    gone()
  }, interval)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/** The shell that npm runs scripts in, and npm; the latter only where /proc tells. */
function ancestors(): string {
  return `${process.ppid} ${parentOf(process.ppid)}`
}

function parentOf(pid: number): string {
  try {
    // The second field is the command in parentheses and may contain anything; the parent follows the state.
    return (
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) \S /s, '')
        .split(' ', 1)[0] ?? ''
    )
  } catch {
    return ''
  }
}
