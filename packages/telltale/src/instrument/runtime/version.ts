import type { Source } from './source.js'

/** The version of Node, in labels. */
export const version: Source = {
  metric: 'nodejs_version_info',
  start(scope) {
    const [major = '', minor = '', patch = ''] = /^v(\d+)\.(\d+)\.(\d+)/.exec(process.version)?.slice(1) ?? []
    const labels = ['version', 'major', 'minor', 'patch']
    const info = scope.gauges('nodejs_version_info', 'Version of Node.js.', labels)
    const series = info(process.version, major, minor, patch)
    return { collect: () => series.set(1) }
  },
}
