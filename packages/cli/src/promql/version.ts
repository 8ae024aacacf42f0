/** A version of a server that configuration and expressions are for. */
export interface Version {
  readonly major: number
  readonly minor: number
}

/** Reads `2.42`, `v3.1.0` and the like. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor] = /^v?(\d{1,4})\.(\d{1,4})(?:[.\-+~].*)?$/.exec(text) ?? []
  return major === undefined || minor === undefined
    ? undefined
    : { major: Number(major), minor: Number(minor) }
}

/** `2.42` */
export function versionText({ major, minor }: Version): string {
  return `${major}.${minor}`
}

/** Whether `version` is `other` or newer; `other` as text, as in `3.0`. */
export function isAtLeast(version: Version, other: string): boolean {
  const wanted = parseVersion(other)
  if (wanted === undefined) return false
  return version.major > wanted.major || (version.major === wanted.major && version.minor >= wanted.minor)
}
