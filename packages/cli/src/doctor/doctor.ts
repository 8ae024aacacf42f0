import { withoutKnown } from '../finding/baseline.js'
import {
  createReport,
  deliver,
  type Finding,
  type Language,
  type Report,
  type ReportOptions,
} from '../finding/index.js'
import type { Terminal } from '../terminal.js'
import { allIds, itemsOf } from './all-ids.js'
import type { ItemKey } from './checklist.js'
import { checklistData, checklistText } from './checklist-report.js'
import { allChecks } from './checks/index.js'
import { coverageOf, type SignalCoverage } from './coverage/coverage.js'
import { coverageText } from './coverage/coverage-text.js'
import { type Diagnosis, diagnose, outcomes } from './diagnose.js'
import type { DoctorOptions } from './doctor-options.js'
import { openSetup } from './open-setup.js'
import type { Setup } from './setup.js'

/** Makes the checks that were asked for and shows what came of them. Resolves with the exit code. */
export async function doctor(options: DoctorOptions, terminal: Terminal): Promise<number> {
  const { report: wanted } = options
  const setup = openSetup(options.addresses)
  const items = itemsAskedFor(wanted.selection)
  const checks = allChecks.filter(({ item }) => items.has(item))
  const diagnosis = await diagnose(setup, checks, (done, all) => {
    terminal.status(wanted.language === 'ko' ? `점검 ${done}/${all}` : `checked ${done} of ${all}`)
  })
  const coverage = options.coverage ? await coverageOf(setup) : undefined
  terminal.status('')
  const selected = diagnosis.findings.filter(({ id }) => wanted.selection.has(id))
  const report = createReport({
    tool: 'telltale doctor',
    looked: await lookedAt(setup, selected),
    missed: diagnosis.missed,
    findings: selected,
    data: {
      checklist: checklistData(outcomes(selected, diagnosis, items), wanted.language),
      ...(coverage === undefined ? {} : { coverage: coverage.map(inLanguage(wanted.language)) }),
    },
  })
  if (wanted.format === 'text' && coverage !== undefined)
    terminal.line(`${coverageText(coverage, wanted.language, terminal.colours)}\n`)
  if (wanted.format === 'text')
    terminal.line(`${await heading(report, diagnosis, items, options, terminal)}\n`)
  return deliver(report, wanted, terminal)
}

/** The items that have an id of their own among those asked for: some ids belong to several items. */
function itemsAskedFor(selection: ReportOptions['selection']): ReadonlySet<ItemKey> {
  const asked = allIds.filter((id) => selection.has(id)).map((id) => itemsOf(id))
  const own = asked.filter(({ length }) => length === 1)
  return new Set((own.length > 0 ? own : asked).flat())
}

function inLanguage(language: Language) {
  return ({ title, ...row }: SignalCoverage) => ({ ...row, title: title[language] })
}

/** The checklist as it is without what the baseline knows. */
async function heading(
  report: Report,
  diagnosis: Diagnosis,
  items: ReadonlySet<ItemKey>,
  { report: { baseline, updateBaseline, language } }: DoctorOptions,
  terminal: Terminal,
): Promise<string> {
  const { findings } =
    baseline === undefined || updateBaseline ? report : await withoutKnown(report, baseline)
  return checklistText(outcomes(findings, diagnosis, items), language, terminal.colours)
}

/** What could be looked at: whatever answered, was read, or has a finding. */
async function lookedAt(setup: Setup, findings: readonly Finding[]): Promise<readonly string[]> {
  const names = await Promise.all([
    present(async () => (await setup.prometheus.identity()) && setup.prometheus.url),
    present(async () => (await setup.endpoint.exposition()) && setup.endpoint.url),
    present(async () => (await setup.files.prometheus()).path),
    present(async () => {
      const alertmanager = await setup.alertmanager()
      return (await alertmanager.status()) && alertmanager.url
    }),
  ])
  const files = await Promise.all(
    [setup.files.rules(), setup.files.dashboards()].map((found) => found.catch(() => [])),
  )
  const all = [...names.flatMap((name) => name ?? []), ...files.flat().map(({ path }) => path)]
  return [...new Set([...all, ...findings.map(({ where }) => where.name)])]
}

async function present(look: () => Promise<string>): Promise<string | undefined> {
  try {
    return await look()
  } catch {
    return undefined
  }
}
