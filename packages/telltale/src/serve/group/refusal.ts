import { TelltaleError } from '../../model/error.js'
import { GROUP_PROTOCOL, type Hello, type Refusal, VALUES_FORMAT } from './group-message.js'
import { pidIn } from './process-id.js'

/** What a process says that the leader does not take. */
export function refusalError({ reason, process: leader, protocol, values }: Refusal): TelltaleError {
  const why =
    reason === 'taken'
      ? 'these metrics are in it already. Join once for each source of metrics'
      : `process ${pidIn(leader)} leads it with protocol ${protocol} and values of format ${values}, expected protocol ` +
        `${GROUP_PROTOCOL} with format ${VALUES_FORMAT}. Run one version of telltale and of Node.js in all its processes`
  return new TelltaleError(
    'TELLTALE_GROUP',
    `this process cannot join its process group and serves its own metrics: ${why}`,
  )
}

/** What the leader says of a process that speaks otherwise. */
export function refusedStranger({ process, protocol, values }: Hello): string {
  return (
    `process ${pidIn(process)} cannot join the process group: got protocol ${protocol} with values of format ${values}, ` +
    `expected protocol ${GROUP_PROTOCOL} with format ${VALUES_FORMAT}. It serves its own metrics; run all processes of ` +
    'the group with one version of telltale and of Node.js'
  )
}
