import {
  alertPage,
  signals as catalogue,
  durationText,
  inhibitRules,
  neededRetention,
  objectiveRules,
  type RuleFile,
  rulePack,
  type Signal,
  tuneSignals,
} from 'telltale/monitoring'
import { stringify } from 'yaml'
import { type MadeFile, madeBy } from '../made-files/index.js'
import type { RulesOptions } from './rules-options.js'
import { readObjectiveFile, readTuningFile } from './settings-file.js'

/** Everything that one call of `telltale rules` makes. */
export interface RuleDocuments {
  /** The rule file as text, wherever it goes. */
  readonly rules: string
  readonly documents: readonly MadeFile[]
  readonly counts: { readonly recording: number; readonly alerting: number }
  readonly warnings: readonly string[]
}

/** Makes the files in memory. Rejects with TELLTALE_DEPLOY when a file of settings cannot be used. */
export async function ruleDocuments(options: RulesOptions): Promise<RuleDocuments> {
  const { language, target, jobs, retention, slo, tune } = options
  const signals = tune === undefined ? catalogue : tuneSignals(catalogue, await readTuningFile(tune))
  const { objectives, warnings } =
    slo === undefined ? { objectives: [], warnings: [] } : await readObjectiveFile(slo, retention)
  const common = {
    language,
    target,
    jobs,
    ...(options.prefixes !== undefined && { prefixes: options.prefixes }),
    ...(options.runbookUrl !== undefined && { runbookUrl: options.runbookUrl }),
    ...(options.grafanaUrl !== undefined && { grafanaUrl: options.grafanaUrl }),
  }
  const file: RuleFile = {
    groups: [...rulePack({ ...common, signals }).groups, ...objectiveRules(objectives, common).groups],
  }
  const rules = `${madeBy('telltale rules', options.again)}${yaml(file)}`
  const page = () => alertPage({ language, signals })
  const inhibition = () =>
    `${madeBy('telltale rules', options.again)}${yaml({ inhibit_rules: inhibitRules() })}`
  const entries = file.groups.flatMap((group) => group.rules)
  const alerting = entries.filter((entry) => 'alert' in entry).length
  return {
    rules,
    documents: [
      ...document(options.out, () => rules),
      ...document(options.docs, page),
      ...document(options.inhibit, inhibition),
    ],
    counts: { alerting, recording: entries.length - alerting },
    warnings: [...warnings, ...trendWarnings(signals, retention)],
  }
}

function document(path: string | undefined, text: () => string): readonly MadeFile[] {
  return path === undefined ? [] : [{ path, text: text() }]
}

function trendWarnings(signals: readonly Signal[], retention: number | undefined): readonly string[] {
  const needed = neededRetention(signals)
  if (retention === undefined || retention >= needed) return []
  return [
    `comparisons with weeks before need samples of ${durationText(needed)}, Prometheus keeps ` +
      `${durationText(retention)}: those alerts stay silent; raise --storage.tsdb.retention.time`,
  ]
}

/** YAML 1.1, as Prometheus reads it, with every expression on the lines that it was written in. */
function yaml(data: unknown): string {
  return stringify(data, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })
}
