import type { Finding, Localised } from '../../finding/index.js'
import { parseTemplate } from '../../promql/index.js'
import { type Dashboard, placeOf, type Variable } from './dashboard-model.js'
import { usesJobs } from './job-metrics.js'

/** The rules for the variables of a dashboard. */
export function templateFindings(dashboard: Dashboard): readonly Finding[] {
  return [
    ...datasourceFindings(dashboard),
    ...(['job', 'instance'] as const).flatMap((name) => targetFindings(dashboard, name)),
    ...dashboard.variables.flatMap((variable) => queryFindings(dashboard, variable)),
  ]
}

function datasourceFindings(dashboard: Dashboard): readonly Finding[] {
  const found = dashboard.variables.filter(({ type }) => type === 'datasource')
  const place = found[0]?.node.place ?? placeOf(dashboard.root, 'templating')
  const complain = (got: string | Localised) => [
    dashboard.finding('dashboard/template-datasource', place, undefined, { got }),
  ]
  if (found.length === 0) return complain({ en: 'none', ko: '없음' })
  const fitting = found.filter(
    ({ name, node }) =>
      /^(?:\w+_)?datasource$/.test(name) && /^(?:prometheus|loki)$/.test(queryOf(node) ?? ''),
  )
  const [first] = found
  if (fitting.length === 0 && first !== undefined)
    return complain(`${first.name} (${queryOf(first.node) ?? '?'})`)
  return []
}

function queryOf(node: Variable['node']): string | undefined {
  return node.text('query') ?? node.map('query')?.text('query')
}

function targetFindings(dashboard: Dashboard, name: 'job' | 'instance'): readonly Finding[] {
  const variable = dashboard.variable(name)
  const place = variable?.node.place ?? placeOf(dashboard.root, 'templating')
  const id = name === 'job' ? ('dashboard/template-job' as const) : ('dashboard/template-instance' as const)
  if (variable === undefined && !usesJobs(dashboard)) return []
  const faults = variable === undefined ? [{ en: 'it is missing', ko: '없습니다' }] : faultsOf(variable)
  return faults.map((got) => dashboard.finding(id, place, `variable ${name}`, { got }, { subject: got.en }))
}

function faultsOf({ node, name, type }: Variable): readonly Localised[] {
  const is = (text: string): Localised => ({ en: text, ko: text })
  const datasource = node.map('datasource')?.text('uid') ?? node.text('datasource') ?? ''
  const faults: Localised[] = []
  if (type !== 'query') faults.push(is(`type: ${type}`))
  if ((node.text('label') ?? name).toLowerCase() !== name) faults.push(is(`label: ${node.text('label')}`))
  if (!datasource.includes('$')) faults.push(is(`datasource: ${datasource === '' ? '–' : datasource}`))
  if (node.text('multi') !== 'true') faults.push(is(`multi: ${node.text('multi') ?? '–'}`))
  if (node.text('allValue') !== '.+') faults.push(is(`allValue: ${node.text('allValue') ?? '–'}`))
  return faults
}

const functionCall = /^\s*(label_values|label_names|metrics|query_result)\s*\(([\s\S]*)\)\s*$/

function queryFindings(dashboard: Dashboard, { node, name, type }: Variable): readonly Finding[] {
  if (type !== 'query') return []
  const within = `variable ${name}`
  const findings: Finding[] = []
  if (node.text('refresh') !== '2') {
    findings.push(dashboard.finding('dashboard/template-refresh', placeOf(node, 'refresh'), within, { name }))
  }
  const detail = faultIn(queryOf(node) ?? '', dashboard)
  if (detail !== undefined) {
    findings.push(
      dashboard.finding('dashboard/template-promql', placeOf(node, 'query'), within, { name, detail }),
    )
  }
  return findings
}

/** What is wrong with the query of a variable. */
function faultIn(query: string, { settings, subject }: Dashboard): Localised | undefined {
  if (query === '') return { en: 'it is empty', ko: '비어 있습니다' }
  const [, name, inner = ''] = functionCall.exec(query) ?? []
  if (name === undefined || name === 'metrics' || name === 'label_names') return undefined
  const selector = name === 'label_values' ? inner.replace(/,?\s*[^,{}()]+$/, '') : inner
  if (selector.trim() === '') return undefined
  const [first] = parseTemplate(selector, settings.prometheus).parsed.problems
  if (first === undefined) return undefined
  const { en, ko } = first.finding(subject.at()).text
  return { en: en.what, ko: ko.what }
}
