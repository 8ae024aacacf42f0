import { TelltaleError } from '../model/error.js'
import { type MetricType, shown } from '../model/metric-name.js'

/** How the values that several processes have for one metric become one. */
export type Across = 'sum' | 'min' | 'max' | 'average' | 'mostrecent' | 'livemostrecent' | 'all'

const ofGauges: readonly Across[] = ['sum', 'min', 'max', 'average', 'mostrecent', 'livemostrecent', 'all']
const ofOthers: readonly Across[] = ['sum', 'all']

/** Returns the mode, or throws `TELLTALE_OPTION`. What counts can be added up or shown by process only. */
export function checkAcross(
  metric: string,
  type: MetricType,
  across: Across | undefined,
): Across | undefined {
  const known = type === 'gauge' ? ofGauges : ofOthers
  if (across === undefined || known.includes(across)) return across
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `metric "${metric}": got across ${shown(across)}, expected one of ${shown(known)} for a ${type}`,
  )
}
