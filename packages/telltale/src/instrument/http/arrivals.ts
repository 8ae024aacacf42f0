import { stateOf } from './request-state.js'
import { onEveryRequest, type RequestTracking } from './server-requests.js'

/**
 * Stamps every request of every `node:http` and `node:https` server in the process with the moment it
 * arrived, until stopped. Calls nest: requests are stamped as long as one tracking is not stopped.
 *
 * Costs one clock reading per request.
 */
export function trackArrivals(): RequestTracking {
  return onEveryRequest((req) => {
    stateOf(req).arrival ??= performance.now()
  })
}
