import { constants } from 'node:os'

/** The signals that ask a command to end. */
export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
export type EndingSignal = (typeof endingSignals)[number]

/** The exit code of what a signal ended, as shells have it: 130 for Ctrl-C, 143 for SIGTERM. */
export function exitCodeOf(signal: EndingSignal): number {
  return 128 + constants.signals[signal]
}
