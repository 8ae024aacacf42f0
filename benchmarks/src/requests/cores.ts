import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** What is measured has one core to itself, and what measures has another one. */
const APPLICATION = '0'
const MEASURING = '1'

/** Whether processes can be bound to cores here: with taskset, of util-linux, and two cores. */
export const isPinned: boolean =
  availableParallelism() > 1 && spawnSync('taskset', ['-c', APPLICATION, 'true']).status === 0

/** The command that runs a script of Node's on the core of the application. */
export function commandOf(script: string, args: readonly string[]): readonly [string, ...string[]] {
  const command = [process.execPath, script, ...args] as const
  return isPinned ? ['taskset', '-c', APPLICATION, ...command] : [...command]
}

/** Has all threads of this process run on the other core. */
export function pinMeasuring(): void {
  if (isPinned) spawnSync('taskset', ['-acp', MEASURING, String(process.pid)])
}
