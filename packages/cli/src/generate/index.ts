export type { GeneratedFile } from './generated-file.js'
export { monitoringFiles } from './monitoring-files.js'
export {
  applicationJob,
  type Environment,
  environments,
  type MonitoringPlan,
  monitoringFolder,
} from './monitoring-plan.js'
export { type RemoteWrite, readRemoteWrite, secretFile } from './remote-write.js'
export { readTarget, type TargetVersion } from './target-version.js'
