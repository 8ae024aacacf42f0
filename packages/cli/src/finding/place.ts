import { withoutCredentials } from '../http/authorization.js'

/** Where a finding is. Made by {@link inFile}, {@link atUrl} and {@link at}. */
export interface Place {
  readonly kind: 'file' | 'url' | 'other'
  /** The path as it was given, the URL without user and password, or a name. */
  readonly name: string
  /** From 1. */
  readonly line?: number | undefined
  /** From 1, in UTF-16 code units, as editors count. */
  readonly column?: number | undefined
  /** The thing in the file that is meant, as in `alert HighErrorRate`: it stays the same when lines move. */
  readonly within?: string | undefined
}

/** What narrows a place down. */
export type Spot = Pick<Place, 'line' | 'column' | 'within'>

/** A place in a file. The path is best relative to the working directory, with `/`. */
export function inFile(path: string, spot: Spot = {}): Place {
  const { line, column, within } = spot
  return { kind: 'file', name: path.replaceAll('\\', '/'), line, column, within }
}

/** An address, or a line of what it answers. User and password are left out. */
export function atUrl(url: string | URL, spot: Spot = {}): Place {
  const { line, column, within } = spot
  return { kind: 'url', name: withoutCredentials(String(url)), line, column, within }
}

/** Something that is neither a file nor an address, such as a setting of the machine. */
export function at(name: string, spot: Spot = {}): Place {
  const { line, column, within } = spot
  return { kind: 'other', name, line, column, within }
}

/** The same place, narrowed down further. */
export function spotIn(place: Place, spot: Spot): Place {
  const { line = place.line, column = place.column, within = place.within } = spot
  return { kind: place.kind, name: place.name, line, column, within }
}

/** `name:line:column`, as far as it is known. */
export function placeText({ name, line, column }: Place): string {
  return [name, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':')
}
