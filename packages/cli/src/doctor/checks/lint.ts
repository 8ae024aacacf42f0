import type { Finding } from '../../finding/finding.js'
import {
  fileSubject,
  lintAlertmanager,
  lintDashboard,
  lintMetrics,
  lintPrometheus,
  lintRules,
  type Subject,
  urlSubject,
  withoutIgnored,
  yamlFindings,
} from '../../lint/index.js'
import { readYaml, type YamlDocument, YamlMap } from '../../yaml-document/index.js'
import type { Check } from '../check.js'
import type { ItemKey } from '../checklist.js'
import { itemsOfLint, toldByServer } from '../lint-items.js'
import type { Setup } from '../setup.js'
import { readDashboard } from '../source/dashboard.js'
import { type LintContext, lintContext } from './lint-context.js'
import { runningAlertmanager } from './running-alertmanager.js'

/** A kind of what lint looks at, with the item that its faults of form belong to. */
type Kind = 'prometheus' | 'rules' | 'alertmanager' | 'dashboard' | 'metrics'

/** The name is the guide's, and nobody who follows it can change it. */
const nameOfGuide = 'active_users_count'

const itemOfForm: Readonly<Record<Kind, ItemKey>> = {
  prometheus: 'prometheus-yml',
  rules: 'alert-rules',
  alertmanager: 'alerting',
  dashboard: 'dashboards',
  metrics: 'review',
}

/** What lint says about one kind. Each is worked out once. */
function linted(setup: Setup, kind: Kind): Promise<readonly Finding[]> {
  return setup.once.get(`lint ${kind}`, async () => {
    const context = await setup.once.get('lint context', () => lintContext(setup))
    const findings = await lookAt(kind, setup, context)
    return findings.filter(({ id }) => !(context.isServerAsked && toldByServer.has(id)))
  })
}

async function lookAt(kind: Kind, setup: Setup, { settings }: LintContext): Promise<readonly Finding[]> {
  switch (kind) {
    case 'prometheus': {
      const { path, text } = await setup.files.prometheus()
      return inYaml(fileSubject(path), text, (root, subject) =>
        lintPrometheus(root, subject, settings, setup.files.whole(path)),
      )
    }
    case 'rules':
      return (await setup.files.rules()).flatMap(({ path, text }) =>
        inYaml(fileSubject(path), text, (root, subject) => lintRules(root, subject, settings)),
      )
    case 'alertmanager': {
      const running = await runningAlertmanager(setup)
      const { subject, text } = running ?? (await alertmanagerFile(setup))
      return inYaml(subject, text, (root) => lintAlertmanager(root, subject, settings))
    }
    case 'dashboard':
      return (await setup.files.dashboards()).flatMap(({ path, text }) =>
        dashboardFindings(path, text, settings),
      )
    case 'metrics':
      return lintMetrics(await setup.endpoint.exposition(), urlSubject(setup.endpoint.url)).filter(
        ({ id, where }) => id !== 'metrics/reserved-name' || where.within !== `metric ${nameOfGuide}`,
      )
  }
}

async function alertmanagerFile({ files }: Setup) {
  const { path, text } = await files.alertmanager()
  return { subject: fileSubject(path), text }
}

function dashboardFindings(
  path: string,
  text: string,
  settings: LintContext['settings'],
): readonly Finding[] {
  const content = readDashboard(text)
  // What is no dashboard, or asks for nothing, has a finding of its own.
  if (content.kind !== 'dashboard' || content.queries.length === 0) return []
  const { root } = readYaml(text)
  const inner = root instanceof YamlMap ? (root.map('dashboard') ?? root) : undefined
  return inner === undefined ? [] : lintDashboard(inner, fileSubject(path), settings)
}

function inYaml(
  subject: Subject,
  text: string,
  look: (root: NonNullable<YamlDocument['root']>, subject: Subject) => readonly Finding[],
): readonly Finding[] {
  const document = readYaml(text)
  const problems = yamlFindings(document, subject)
  const { root } = document
  const findings = root === undefined ? problems : [...problems, ...look(root, subject)]
  return withoutIgnored(findings, text)
}

/** The kinds whose findings may belong to an item. */
const kindsOf: Readonly<Partial<Record<ItemKey, readonly Kind[]>>> = {
  'prometheus-yml': ['prometheus'],
  scraping: ['prometheus'],
  'alert-rules': ['prometheus', 'rules'],
  labels: ['metrics'],
  alerting: ['prometheus', 'alertmanager'],
  dashboards: ['dashboard'],
  queries: ['rules', 'dashboard'],
  review: ['metrics'],
}

async function findingsFor(setup: Setup, item: ItemKey, kind: Kind): Promise<readonly Finding[]> {
  return (await linted(setup, kind)).filter(({ id }) => {
    const items = itemsOfLint(id)
    return items.length > 1 ? itemOfForm[kind] === item : items.includes(item)
  })
}

/** What `telltale lint` checks, on what doctor looks at. */
export const lintingChecks: readonly Check[] = Object.entries(kindsOf).flatMap(([key, kinds]) =>
  kinds.map((kind): Check => {
    // A key of the table is the key of an item.
    const item = key as ItemKey
    return {
      item,
      isProof: itemOfForm[kind] === item || item === 'labels',
      run: (setup) => findingsFor(setup, item, kind),
    }
  }),
)
