import type { Finding } from '../../finding/index.js'
import type { YamlNode } from '../../yaml-document/index.js'
import { ConfigPart } from '../config/config-place.js'
import { checkShape } from '../schema/check-shape.js'
import type { LintSettings, Subject } from '../subject.js'
import { alertmanagerShape } from './alertmanager-shape.js'
import { inhibitionFindings } from './inhibition-checks.js'
import { receiverFindings } from './receiver-checks.js'
import { routeFindings } from './route-checks.js'

/** Checks alertmanager.yml: what Alertmanager refuses, and what makes alerts get lost or come in floods. */
export function lintAlertmanager(
  root: YamlNode,
  subject: Subject,
  settings: LintSettings,
): readonly Finding[] {
  const context = { subject, version: settings.alertmanager, server: 'Alertmanager' as const }
  const shape = checkShape(root, alertmanagerShape, '', context)
  if (root.kind !== 'map') return shape
  const whole = new ConfigPart(root, '', subject)
  return [
    ...shape,
    ...routeFindings(whole),
    ...receiverFindings(whole, settings),
    ...whole.parts('inhibit_rules').flatMap((rule) => inhibitionFindings(rule)),
  ]
}
