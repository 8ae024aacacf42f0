import type { LoadedGroup } from '../../doctor/source/prometheus-answers.js'
import type { AdviceTexts } from '../texts/index.js'
import type { UseIndex } from '../usage/use-index.js'

/** What is known of who uses metrics, and how far it can be relied on. */
export interface Evidence {
  readonly uses: UseIndex
  readonly groups: readonly LoadedGroup[]
  /** The names that recording rules write. */
  readonly recorded: ReadonlySet<string>
  /** Who was asked and does not use a metric: `no rule and no dashboard`. */
  readonly nobody: string
  /** Reasons why what looks unused may be used all the same: with any of them nothing is written by `--apply`. */
  readonly doubts: readonly string[]
}

export interface EvidenceParts {
  readonly uses: UseIndex
  /** `undefined` when the server did not tell its rules. */
  readonly groups: readonly LoadedGroup[] | undefined
  /** Dashboards that were read, and whether there are said to be none. */
  readonly dashboards: number
  readonly noDashboards: boolean
  /** Seconds that the query log covers; `undefined` without one. */
  readonly logged: number | undefined
  /** The configuration that runs. */
  readonly configuration: string | undefined
  readonly ignoreRemoteWrite: boolean
  readonly texts: AdviceTexts['evidence']
}

/** A query log of a week has what people look at on Mondays. */
const LOG_ENOUGH = 7 * 86_400

export function evidenceFrom(parts: EvidenceParts): Evidence {
  const { uses, groups = [], dashboards, logged, texts } = parts
  const asked = [texts.noRule]
  if (dashboards > 0) asked.push(texts.noDashboard)
  if (logged !== undefined) asked.push(texts.noQuery)
  const recording = groups.flatMap(({ rules }) => rules.filter(({ type }) => type === 'recording'))
  return {
    uses,
    groups,
    recorded: new Set(recording.map(({ name }) => name)),
    nobody: texts.nobody(asked),
    doubts: doubtsOf(parts),
  }
}

function doubtsOf(parts: EvidenceParts): readonly string[] {
  const { uses, groups, dashboards, noDashboards, logged, configuration, ignoreRemoteWrite, texts } = parts
  const doubts: string[] = []
  if (groups === undefined) doubts.push(texts.rulesUnknown)
  if (dashboards === 0 && !noDashboards && (logged ?? 0) < LOG_ENOUGH) {
    doubts.push(texts.noDashboards)
  }
  if (configuration === undefined) doubts.push(texts.configurationUnknown)
  else if (/^remote_write:/m.test(configuration) && !ignoreRemoteWrite) {
    doubts.push(texts.remoteWrite)
  }
  for (const { name } of uses.open.slice(0, 3)) doubts.push(texts.open(name))
  return doubts
}
