import { deserialize, serialize } from 'node:v8'
import type { FamilySnapshot } from '../../aggregate/family-snapshot.js'
import type { LedgerEvent } from '../../aggregate/group/ledger-event.js'
import type { ProcessUpdate } from '../../aggregate/group/process-update.js'

/** Changes with every change of what members say to each other: of two versions, only one can be in a group. */
export const GROUP_PROTOCOL = 3

/** The first message of a member. In every protocol it is JSON with these fields. */
export interface Hello {
  readonly kind: 'hello'
  readonly protocol: number
  /** The version of Node.js' own format for values, in which all else is said. */
  readonly values: number
  readonly process: string
  /** At the beginning of a journal: the process that starts those of the group again. */
  readonly anchor?: string
}

/** Who leads does not take a member. In every protocol it is JSON with these fields. */
export interface Refusal {
  readonly kind: 'refused'
  /** It speaks otherwise, or the same source is in the group already. */
  readonly reason: 'version' | 'taken'
  readonly process: string
  readonly protocol: number
  readonly values: number
}

/** The first answer of who leads. */
export type Reception =
  | { readonly kind: 'welcome'; readonly process: string; readonly worker: number }
  | Refusal

/** What a member says to the process that leads. */
export type MemberMessage =
  | { readonly kind: 'update'; readonly update: ProcessUpdate }
  /** All that was asked for has been sent. */
  | { readonly kind: 'pulled'; readonly ask: number }
  /** It wants the metrics of the group. */
  | { readonly kind: 'ask'; readonly ask: number; readonly seconds: number }
  /** It leaves; `ends` when its process does. Answered by `farewell`. */
  | { readonly kind: 'bye'; readonly ends: boolean }

/** What the process that leads says to a member. */
export type LeaderMessage =
  | { readonly kind: 'pull'; readonly ask: number; readonly seconds: number }
  /** The member is a deputy from now on: what follows makes its copy of the ledger. */
  | { readonly kind: 'appointed' }
  | { readonly kind: 'event'; readonly event: LedgerEvent }
  /** The copy has all that there was. */
  | { readonly kind: 'copied' }
  | { readonly kind: 'dismissed' }
  /** All that it said before it left is known, and would survive the one who says this. */
  | { readonly kind: 'farewell' }
  /** Who takes over, the first one first. */
  | { readonly kind: 'succession'; readonly deputies: readonly string[] }
  | { readonly kind: 'answer'; readonly ask: number; readonly family: FamilySnapshot }
  | { readonly kind: 'answered'; readonly ask: number }

/** Anything that is said in a group. */
export type GroupMessage = Hello | Reception | MemberMessage | LeaderMessage

/** What a version of Node.js writes values in: the byte after the mark at the beginning. */
export const VALUES_FORMAT = serialize(0)[1]!

const BRACE = 0x7b

export function helloOf(process: string, anchor?: string): Hello {
  const hello: Hello = { kind: 'hello', protocol: GROUP_PROTOCOL, values: VALUES_FORMAT, process }
  return anchor === undefined ? hello : { ...hello, anchor }
}

/** Messages that both sides have to understand, whatever their versions, are JSON. */
export function messageBytes(message: GroupMessage): Uint8Array {
  const isFirst = message.kind === 'hello' || message.kind === 'welcome' || message.kind === 'refused'
  return isFirst ? Buffer.from(JSON.stringify(message)) : serialize(message)
}

/** Throws for what is no message. */
export function messageIn(bytes: Buffer): GroupMessage {
  const message: unknown = bytes[0] === BRACE ? JSON.parse(bytes.toString()) : deserialize(bytes)
  if (typeof message !== 'object' || message === null || !('kind' in message)) throw new Error('no message')
  // The hello said that the other side speaks the same protocol.
  return message as GroupMessage
}
