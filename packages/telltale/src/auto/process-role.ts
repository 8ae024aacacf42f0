import { isLauncher } from './launcher.js'

/** What decides about a process. */
export interface ProcessFacts {
  /** The file that it runs, symbolic links resolved; none in a REPL, and with `--eval`. */
  readonly program: string | undefined
  /** The flags of Node.js itself. */
  readonly flags: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly pid: number
  readonly isMainThread: boolean
  /** Whether it was made to be one scrape with others: by a cluster, by PM2 or by the name of a group. */
  readonly isGrouped: boolean
  readonly port: number
  isAlive(pid: number): boolean
}

/** `application` is measured and serves, a `thread` of one is measured only, and everything else is left alone. */
export type ProcessRole = 'application' | 'thread' | 'none'

/** What a process is to be. */
export function roleOf(facts: ProcessFacts): ProcessRole {
  const { program, flags, env, pid, isMainThread, isGrouped } = facts
  if (isSwitchedOff(env.TELLTALE_AUTO)) return 'none'
  const measured = measuredIn(env)
  if (!isMainThread) return measured?.pid === pid ? 'thread' : 'none'
  if (program === undefined || isLauncher(program) || isSupervisor(flags, env)) return 'none'
  const isChild = measured !== undefined && measured.port === facts.port && facts.isAlive(measured.pid)
  return isChild && !isGrouped ? 'none' : 'application'
}

/** Says to what this process starts, and to its threads, that it is measured, and on which port. */
export function markMeasured(env: NodeJS.ProcessEnv, pid: number, port: number): void {
  env.TELLTALE_AUTO_PROCESS = `${pid}:${port}`
}

/** The process that is measured and gave its environment to this one. */
function measuredIn(env: ProcessFacts['env']): { readonly pid: number; readonly port: number } | undefined {
  const [, pid, port] = /^(\d+):(\d+)$/.exec(env.TELLTALE_AUTO_PROCESS ?? '') ?? []
  return pid === undefined ? undefined : { pid: Number(pid), port: Number(port) }
}

function isSwitchedOff(value: string | undefined): boolean {
  return value !== undefined && ['off', 'false', '0', 'no'].includes(value.toLowerCase())
}

/** `node --watch` and `node --test` run programs in processes of their own; tests are not measured either. */
function isSupervisor(flags: readonly string[], env: ProcessFacts['env']): boolean {
  if (flags.includes('--test') || env.NODE_TEST_CONTEXT !== undefined) return true
  return (
    flags.some((flag) => /^--watch(-path)?(=|$)/.test(flag)) && env.WATCH_REPORT_DEPENDENCIES === undefined
  )
}
