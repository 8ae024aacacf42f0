/** The number by which a hub reads what threads offer to all; not 0. */
export function readerNumber(hub: string): number {
  return (Number.parseInt(hub.slice(0, 7), 16) || 0) + 1
}
