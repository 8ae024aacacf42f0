import { createHash } from 'node:crypto'
import type { Finding } from './finding.js'

/**
 * A short hash for each finding, in their order, that stays the same when lines move, figures change or another
 * language is spoken. Findings that are alike in all that counts are numbered.
 */
export function fingerprints(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>()
  return findings.map(({ id, where, subject }) => {
    const identity = JSON.stringify([id, where.name, where.within ?? '', subject])
    const ordinal = seen.get(identity) ?? 0
    seen.set(identity, ordinal + 1)
    return createHash('sha256').update(`${identity}${ordinal}`).digest('hex').slice(0, 20)
  })
}
