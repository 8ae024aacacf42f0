import type { Finding } from '../finding/index.js'
import type { YamlDocument } from '../yaml-document/index.js'
import { lintChecks } from './lint-checks.js'
import type { Subject } from './subject.js'

/** What keeps a YAML text from being read, or from being read as it was meant. */
export function yamlFindings({ problems }: YamlDocument, subject: Subject): readonly Finding[] {
  return problems.map(({ kind, place, detail }) => {
    const where = subject.at(place)
    if (kind === 'duplicate-key')
      return lintChecks.finding('yaml/duplicate-key', where, { key: detail }, { subject: detail })
    if (kind === 'too-large') return lintChecks.finding('yaml/too-large', where, { limit: detail })
    return lintChecks.finding('yaml/syntax', where, { detail })
  })
}
