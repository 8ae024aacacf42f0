// What Node calls a running request: FSReqCallback, GetAddrInfoReqWrap, CloseReq, ConnectWrap, SimpleWriteWrap…
const REQUEST = /Req(uest|Wrap|Callback|Promise)?$|(Connect|Write|Shutdown|Send)Wrap$/

const timers: ReadonlySet<string> = new Set(['Timeout', 'Immediate'])

/** How many of each type. */
export type CountsByType = ReadonlyMap<string, number>

/** What keeps the event loop running, by Node's name of its type. */
export interface ActiveTypes {
  /** Handles, requests and timers. */
  readonly resources: CountsByType
  /** What stays open: sockets, servers, watchers, child processes. */
  readonly handles: CountsByType
  /** What will end by itself: file operations, look-ups, connects, writes. */
  readonly requests: CountsByType
}

export function isActiveTypesSupported(): boolean {
  return typeof process.getActiveResourcesInfo === 'function'
}

/** Asks Node, through its public interface only. Cost: grows with the number of open sockets and timers. */
export function readActiveTypes(): ActiveTypes {
  return groupTypes(process.getActiveResourcesInfo())
}

export function groupTypes(types: readonly string[]): ActiveTypes {
  return {
    resources: counts(types),
    handles: counts(types.filter((type) => !REQUEST.test(type) && !timers.has(type))),
    requests: counts(types.filter((type) => REQUEST.test(type))),
  }
}

export function total(counts: CountsByType): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

function counts(types: readonly string[]): CountsByType {
  const counted = new Map<string, number>()
  for (const type of types) counted.set(type, (counted.get(type) ?? 0) + 1)
  return counted
}
