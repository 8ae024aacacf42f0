import type { Language } from 'telltale/monitoring'
import type { RemoteWrite } from './remote-write.js'
import type { TargetVersion } from './target-version.js'

/** The environments of the guide, each with a prefix of its own for runtime metrics. */
export const environments = ['development', 'staging', 'production'] as const
export type Environment = (typeof environments)[number]

/** What configuration is made from. */
export interface MonitoringPlan {
  /** Of the application, fit for a label of Kubernetes. */
  readonly name: string
  readonly target: TargetVersion
  readonly environment: Environment | undefined
  readonly language: Language
  readonly remoteWrite: RemoteWrite | undefined
  /** Whether an agent forwards samples; the server of prometheus.yml sends none then. */
  readonly agent: boolean
  readonly kubernetes: boolean
  /** Of the objects for Kubernetes; that of `kubectl` when left out. */
  readonly namespace: string | undefined
  /** Whether the project has a Dockerfile. */
  readonly dockerfile: boolean
  /** The line for the shell that starts the application. */
  readonly start: string
}

/** The folder of the configuration, from that of the project. */
export const monitoringFolder = 'monitoring'

/** The job that the rules and dashboards are about; it has the guide's name. */
export const applicationJob = 'nodejs-app'
