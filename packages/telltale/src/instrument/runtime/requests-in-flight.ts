import { watchRequest } from '../http/request-watch.js'
import { onEveryRequest, type RequestTracking } from '../http/server-requests.js'

/** Counts the requests of the `node:http` and `node:https` servers of the process whose response is not closed. */
export class RequestsInFlight {
  readonly #tracking: RequestTracking
  #count = 0

  constructor() {
    this.#tracking = onEveryRequest((req, res) => {
      this.#count++
      watchRequest(req, res, { owner: this }, () => {
        this.#count--
      })
    })
  }

  get count(): number {
    return this.#count
  }

  stop(): void {
    this.#tracking.stop()
  }
}
