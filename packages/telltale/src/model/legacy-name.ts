/** Where a name stands: a colon is legal in the name of a metric and not in that of a label. */
export type NameKind = 'metric' | 'label'

const legacy: Readonly<Record<NameKind, RegExp>> = {
  metric: /^[a-zA-Z_:][a-zA-Z0-9_:]*$/,
  label: /^[a-zA-Z_][a-zA-Z0-9_]*$/,
}

/** True for a name that every version of Prometheus reads without quotes. */
export function isLegacyName(name: string, kind: NameKind): boolean {
  return legacy[kind].test(name)
}
