import { createHash } from 'node:crypto'

/** The number that Prometheus' relabelling action `hashmod` makes of a label value. */
export function targetHash(value: string): bigint {
  return createHash('md5').update(value, 'utf8').digest().readBigUInt64BE(8)
}

/** How many of the targets, given by their hashes, each shard gets. */
export function targetsByShard(hashes: readonly bigint[], shards: number): readonly number[] {
  const counts = new Array<number>(shards).fill(0)
  const modulus = BigInt(shards)
  for (const hash of hashes) counts[Number(hash % modulus)]!++
  return counts
}
