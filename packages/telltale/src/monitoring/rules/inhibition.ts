/** One entry of `inhibit_rules` of Alertmanager. */
export interface InhibitRule {
  readonly source_matchers: readonly string[]
  readonly target_matchers: readonly string[]
  readonly equal: readonly string[]
}

/**
 * Which alerts of the pack silence which: a target that is gone explains all else about its instance, a job that is
 * gone all else about the job, and a critical alert the warning of the same name about the same thing.
 */
export function inhibitRules(): readonly InhibitRule[] {
  return [
    {
      source_matchers: ['alertname="TargetDown"'],
      target_matchers: ['alertname!="TargetDown"', 'severity!="none"'],
      equal: ['instance'],
    },
    {
      source_matchers: ['alertname=~"AllTargetsDown|TargetAbsent"'],
      target_matchers: ['alertname!~"AllTargetsDown|TargetAbsent"', 'severity!="none"'],
      equal: ['job'],
    },
    {
      source_matchers: ['severity="critical"'],
      target_matchers: ['severity=~"warning|info"'],
      equal: ['alertname', 'job', 'instance', 'service', 'slo'],
    },
  ]
}
