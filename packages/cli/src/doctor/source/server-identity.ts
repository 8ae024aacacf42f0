/** What speaks Prometheus' query API behind an address. */
export type ServerFlavour = 'prometheus' | 'agent' | 'thanos' | 'mimir' | 'victoriametrics' | 'compatible'

export interface ServerIdentity {
  readonly flavour: ServerFlavour
  /** The name that people know it by. */
  readonly name: string
  /** As it states it; empty when it does not. */
  readonly version: string
}

/** What a server is, from its build information and from what it says at `/-/healthy`. */
export function identityOf(buildinfo: Readonly<Record<string, unknown>>, healthy: string): ServerIdentity {
  const version = typeof buildinfo.version === 'string' ? buildinfo.version : ''
  const application = typeof buildinfo.application === 'string' ? buildinfo.application : ''
  if (/Prometheus Agent/.test(healthy)) return { flavour: 'agent', name: 'Prometheus Agent', version }
  if (/VictoriaMetrics/.test(healthy))
    return { flavour: 'victoriametrics', name: 'VictoriaMetrics', version: '' }
  if (/Mimir|Cortex/.test(application)) return { flavour: 'mimir', name: application, version }
  // Thanos states its own version, which has not reached 1 so far; Prometheus' has been past it since 2016.
  if (/^v?0\.\d/.test(version)) return { flavour: 'thanos', name: 'Thanos', version }
  if (/Prometheus/.test(healthy)) return { flavour: 'prometheus', name: 'Prometheus', version }
  if (version !== '' && typeof buildinfo.goVersion === 'string' && buildinfo.goVersion !== '')
    return { flavour: 'prometheus', name: 'Prometheus', version }
  return { flavour: 'compatible', name: 'a server with the API of Prometheus', version }
}

/** Major and minor of a version such as `2.42.0+ds`; `undefined` when it is none. */
export function majorMinor(version: string): readonly [major: number, minor: number] | undefined {
  const match = /^v?(\d+)\.(\d+)/.exec(version)
  return match === null ? undefined : [Number(match[1]), Number(match[2])]
}

/** Whether a version is at least this one; `undefined` when it cannot be told. */
export function atLeast(version: string, major: number, minor: number): boolean | undefined {
  const got = majorMinor(version)
  return got && (got[0] > major || (got[0] === major && got[1] >= minor))
}
