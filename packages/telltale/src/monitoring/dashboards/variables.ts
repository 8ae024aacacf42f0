import { objectiveRecordNames } from '../objectives/objective-records.js'
import { customMetric, metric } from '../query/build.js'
import { promql } from '../query/promql.js'
import type { Language } from '../signals/signal.js'
import type { BoardName, VariableName } from './board.js'
import type { GrafanaChoice, GrafanaVariable } from './classic-model.js'
import { chosenDataSource } from './panel-model.js'
import { frameWords } from './texts/frame-words.js'

export interface VariableOptions {
  readonly board: BoardName
  readonly names: readonly VariableName[]
  /** Chosen at first; all of them when empty. */
  readonly jobs: readonly string[]
  readonly prefixes: readonly string[]
  readonly language: Language
}

/** What can be chosen at the top of a dashboard; each choice narrows those after it. */
export function variables(options: VariableOptions): readonly GrafanaVariable[] {
  const words = frameWords[options.language]
  return [
    {
      name: 'datasource',
      label: words.dataSource,
      hide: 0,
      type: 'datasource',
      query: 'prometheus',
      refresh: 1,
    },
    ...options.names.map((name): GrafanaVariable => {
      const query = `label_values(${series(name, options)}, ${name})`
      return {
        name,
        label: words.variables[name],
        hide: 0,
        type: 'query',
        datasource: chosenDataSource,
        query: { query, refId: `variable-${name}` },
        definition: query,
        refresh: 2,
        sort: 1,
        multi: true,
        includeAll: true,
        allValue: '.+',
        current: name === 'job' && options.board !== 'monitoring' ? chosenJobs(options.jobs) : everything,
      }
    }),
  ]
}

/** Where the values of a variable are found. */
function series(name: VariableName, { board, prefixes }: VariableOptions): string {
  const chosen = (...names: readonly VariableName[]) =>
    names.map((label) => ({ label, op: '=~', value: `$${label}` }) as const)
  switch (name) {
    case 'job':
      return board === 'monitoring' ? 'up' : applications(prefixes)
    case 'instance':
      return promql({ ...metric('up'), match: chosen('job') })
    case 'route':
      return promql({ ...metric('http_requests_total'), match: chosen('job', 'instance') })
    case 'service':
      return objectiveRecordNames.target
    case 'slo':
      return promql(customMetric(objectiveRecordNames.target, chosen('service')))
  }
}

/** Everything that runs on Node.js, whether it serves requests or not. */
function applications(prefixes: readonly string[]): string {
  const sample = metric('nodejs_version_info')
  const names = promql(sample, { prefixes }).replaceAll(/[()]/g, '').split(' or ')
  return names.length === 1 ? names[0]! : `{__name__=~"${names.join('|')}"}`
}

const everything: GrafanaChoice = { selected: true, text: ['All'], value: ['$__all'] }

function chosenJobs(jobs: readonly string[]): GrafanaChoice {
  return jobs.length === 0 ? everything : { selected: true, text: jobs, value: jobs }
}
