import type { PrometheusTarget } from 'telltale/monitoring'
import { CommandError } from '../command-error.js'
import { isAtLeast, parseVersion, type Version, versionText } from '../promql/index.js'

/** The Prometheus that configuration is made for. */
export interface TargetVersion {
  /** As the user gave it: `2.42`, `3.x`. */
  readonly text: string
  /** The oldest server that has to take the files. */
  readonly version: Version
  /** What expressions may use. */
  readonly rules: PrometheusTarget
  /** The tag of Prometheus' own image. */
  readonly image: string
}

/** A release with long support, for who asks for any 3.x. */
const longSupport = '3.5'

/** Reads `2.42` to `3.x`. Throws TELLTALE_USAGE for a version that nothing is made for. */
export function readTarget(text: string): TargetVersion {
  if (text === '3.x') return { text, version: { major: 3, minor: 0 }, rules: '3.x', image: tag(longSupport) }
  const version = parseVersion(text)
  if (version === undefined || !isAtLeast(version, '2.42') || version.major > 3) {
    throw new CommandError(
      'TELLTALE_USAGE',
      `--target is "${text}"; give the version of Prometheus, 2.42 to 3.x, such as 2.42, 2.53 or 3.5`,
    )
  }
  return {
    text,
    version,
    rules: version.major === 3 ? '3.x' : '2.42',
    image: tag(versionText(version)),
  }
}

const tag = (version: string) => `prom/prometheus:v${version}.0`

/** The flags that a server of this version needs for what the generated configuration relies on. */
export function featureFlags({ version }: TargetVersion): readonly string[] {
  const features = ['exemplar-storage']
  // From 3.8 on it is a setting of prometheus.yml.
  if (!isAtLeast(version, '3.8')) features.push('native-histograms')
  return [`--enable-feature=${features.join(',')}`]
}

/** The flag that makes a server of this version an agent. */
export function agentFlag({ version }: TargetVersion): string {
  return isAtLeast(version, '3.0') ? '--agent' : '--enable-feature=agent'
}
