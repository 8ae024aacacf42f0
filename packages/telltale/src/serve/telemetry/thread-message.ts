import type { MessagePort } from 'node:worker_threads'
import type { ErrorCode } from '../../model/error-code.js'
import type { EndpointSettings } from '../endpoint.js'
import type { ListenAddress } from '../listener.js'
import type { GroupSettings } from './grouped-source.js'
import type { PushTarget } from './last-push.js'

/** What the program of the thread starts with. */
export interface ThreadSettings {
  readonly endpoint: EndpointSettings
  /** The thread whose registry is served. */
  readonly application: number
  /** What its hub is called, by which new threads know it. */
  readonly hub: string
  /** Whether lines of the request log are wanted. */
  readonly logs: boolean
  /** From which length on the event loop of the application counts as blocked, in seconds. */
  readonly blockedSeconds: number
  /** Whether the stack of a blocked event loop is taken. */
  readonly blockedStacks: boolean
  readonly group: GroupSettings | undefined
  /** Where the last values go. */
  readonly push: PushTarget | undefined
  /** The memory of the farewell. */
  readonly farewell: SharedArrayBuffer
  /** Where the feed of the application's registry comes in. */
  readonly feed: MessagePort
  /** The memory of the feed's pulse. */
  readonly pulse: SharedArrayBuffer
}

/** From the application to its telemetry thread. */
export type ToThread =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  /** The process belongs to a group from now on. */
  | { readonly kind: 'join'; readonly group: GroupSettings }
  /** The process ends, and waits until its last values are sent. */
  | { readonly kind: 'farewell' }

/** From the telemetry thread to its application. */
export type FromThread =
  /** This process serves from now on; one that waits for its port does not yet. */
  | { readonly kind: 'serving'; readonly address: ListenAddress }
  | { readonly kind: 'opened'; readonly address: ListenAddress }
  | { readonly kind: 'refused'; readonly code: ErrorCode | undefined; readonly message: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'log'; readonly line: string }
  | {
      readonly kind: 'warning'
      readonly message: string
      readonly name: string
      readonly code?: string | undefined
    }
