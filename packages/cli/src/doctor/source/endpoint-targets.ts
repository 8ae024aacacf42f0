import type { Target } from './prometheus-answers.js'

/** The targets that are an endpoint, as far as can be told from outside. */
export interface EndpointTargets {
  /** Same port, same path. The host may have another name where Prometheus runs. */
  readonly exact: readonly Target[]
  /** Same port, another path or scheme: probably meant to be it. */
  readonly near: readonly Target[]
}

/** Finds an endpoint among the targets of a Prometheus. */
export function targetsOfEndpoint(targets: readonly Target[], endpoint: string): EndpointTargets {
  const wanted = new URL(endpoint)
  const samePort = targets.filter(({ scrapeUrl }) => portOf(new URL(scrapeUrl)) === portOf(wanted))
  const exact = samePort.filter(({ scrapeUrl }) => {
    const url = new URL(scrapeUrl)
    return url.pathname === wanted.pathname && url.protocol === wanted.protocol
  })
  return { exact, near: samePort.filter((target) => !exact.includes(target)) }
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80')
}
