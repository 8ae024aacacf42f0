import type { Finding } from '../../finding/index.js'
import type { YamlMap } from '../../yaml-document/index.js'
import type { LintSettings, Subject } from '../subject.js'
import { Dashboard } from './dashboard-model.js'
import { frameFindings } from './frame-checks.js'
import { layoutFindings, panelFindings } from './panel-checks.js'
import { targetFindings } from './target-checks.js'
import { templateFindings } from './variable-checks.js'

/** Checks a dashboard of Grafana in the classic model. */
export function lintDashboard(root: YamlMap, subject: Subject, settings: LintSettings): readonly Finding[] {
  const dashboard = new Dashboard(root, subject, settings)
  return [
    ...frameFindings(dashboard),
    ...templateFindings(dashboard),
    ...layoutFindings(dashboard),
    ...dashboard.panels.flatMap((panel) => [
      ...panelFindings(dashboard, panel),
      ...targetFindings(dashboard, panel),
    ]),
  ]
}
