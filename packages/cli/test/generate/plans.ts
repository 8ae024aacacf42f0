import { type MonitoringPlan, readRemoteWrite, readTarget } from '../../src/generate/index.js'

/** A plan for tests: the plain one with some things different. */
export function planOf(
  different: Partial<Omit<MonitoringPlan, 'target' | 'remoteWrite'>> & {
    readonly target?: string
    readonly remoteWrite?: string
    readonly token?: boolean
  } = {},
): MonitoringPlan {
  const { target = '2.42', remoteWrite, token = false, ...others } = different
  return {
    name: 'shop',
    environment: undefined,
    language: 'en',
    agent: false,
    kubernetes: false,
    namespace: undefined,
    dockerfile: false,
    start: 'npm run start',
    ...others,
    target: readTarget(target),
    remoteWrite:
      remoteWrite === undefined
        ? undefined
        : readRemoteWrite(remoteWrite, { user: undefined, token, tenant: undefined }),
  }
}
