import { objectiveRecordNames } from '../objectives/objective-records.js'
import { customMetric } from '../query/build.js'
import { objectiveSignalTexts } from '../texts/objective-signal-texts.js'
import { type Signal, signalsOf } from './signal.js'

const names = objectiveRecordNames
const of = (record: string) => customMetric(record, [])
const legend = '{{service}} {{slo}}'

/** The state of all objectives for which rules are loaded; their alerts come from `objectiveRules`. */
export const objectiveSignals: readonly Signal[] = signalsOf(
  'objective',
  {
    'objective-target': {
      unit: 'ratio',
      query: of(names.target),
      panel: { visualisation: 'stat', legend },
    },
    'objective-budget': {
      unit: 'ratio',
      query: of(names.remaining),
      panel: { visualisation: 'timeseries', legend },
    },
    'objective-burn-rate': {
      unit: 'factor',
      query: of(names.burnRate),
      panel: { visualisation: 'timeseries', legend },
    },
    'objective-error-ratio': {
      unit: 'ratio',
      query: of(names.ratio(300)),
      panel: { visualisation: 'timeseries', legend },
    },
    'objective-exhaustion': {
      unit: 'seconds',
      query: of(names.exhaustion),
      panel: { visualisation: 'stat', legend },
    },
    'objective-events': {
      unit: 'per-second',
      query: of(names.events),
      panel: { visualisation: 'timeseries', legend },
    },
  },
  objectiveSignalTexts,
)
