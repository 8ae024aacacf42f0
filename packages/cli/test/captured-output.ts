import { afterEach, beforeEach, vi } from 'vitest'

/** What each test of a file has the command print, in place of the terminal. */
export interface CapturedOutput {
  stdout: string
  stderr: string
}

/** For the whole file that calls it. */
export function captureOutput(): CapturedOutput {
  const captured = { stdout: '', stderr: '' }
  beforeEach(() => {
    captured.stdout = captured.stderr = ''
    for (const name of ['stdout', 'stderr'] as const) {
      vi.spyOn(process[name], 'write').mockImplementation((text) => {
        captured[name] += text
        return true
      })
    }
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })
  return captured
}
