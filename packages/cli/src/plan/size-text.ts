const factors: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 2 ** 10,
  kib: 2 ** 10,
  mb: 2 ** 20,
  mib: 2 ** 20,
  gb: 2 ** 30,
  gib: 2 ** 30,
  tb: 2 ** 40,
  tib: 2 ** 40,
}

/** Bytes of a size as Prometheus reads it, where 1GB is 2^30 bytes. `undefined` for what is none. */
export function bytesOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? []
  const factor = factors[unit.toLowerCase()]
  return number === undefined || factor === undefined ? undefined : Number(number) * factor
}
