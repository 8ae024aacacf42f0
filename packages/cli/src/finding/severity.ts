/** How bad a finding is: `error` does not work, `warning` will hurt, `info` is worth a look. */
export type Severity = 'error' | 'warning' | 'info'

/** From the worst on. */
export const severities: readonly Severity[] = ['error', 'warning', 'info']

/** From which severity on a run fails. */
export type FailOn = Severity | 'never'

/** Whether a finding of this severity makes a run fail. */
export function fails(severity: Severity, failOn: FailOn): boolean {
  return failOn !== 'never' && severities.indexOf(severity) <= severities.indexOf(failOn)
}
