import type { LoadedGroup } from '../../doctor/source/prometheus-answers.js'
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
}

/** A query log of a week has what people look at on Mondays. */
const LOG_ENOUGH = 7 * 86_400

export function evidenceFrom(parts: EvidenceParts): Evidence {
  const { uses, groups = [], dashboards, logged } = parts
  const asked = ['no rule']
  if (dashboards > 0) asked.push('no dashboard')
  if (logged !== undefined) asked.push('no logged query')
  const recording = groups.flatMap(({ rules }) => rules.filter(({ type }) => type === 'recording'))
  return {
    uses,
    groups,
    recorded: new Set(recording.map(({ name }) => name)),
    nobody: asked.length === 1 ? asked[0]! : `${asked.slice(0, -1).join(', ')} and ${asked.at(-1)}`,
    doubts: doubtsOf(parts),
  }
}

function doubtsOf(parts: EvidenceParts): readonly string[] {
  const { uses, groups, dashboards, noDashboards, logged, configuration, ignoreRemoteWrite } = parts
  const doubts: string[] = []
  if (groups === undefined) doubts.push('the server did not tell its rules')
  if (dashboards === 0 && !noDashboards && (logged ?? 0) < LOG_ENOUGH) {
    doubts.push(
      'no dashboard was looked at: name them with --dashboards or --grafana, give a query log of a week, or say ' +
        '--no-dashboards',
    )
  }
  if (configuration === undefined) doubts.push('the server did not tell its configuration')
  else if (/^remote_write:/m.test(configuration) && !ignoreRemoteWrite) {
    doubts.push(
      'remote_write sends everything to another server; say --ignore-remote-write if nobody uses it there',
    )
  }
  for (const { name } of uses.open.slice(0, 3))
    doubts.push(`the ${name} takes its metric from a variable; keep what it is for with --keep`)
  return doubts
}
