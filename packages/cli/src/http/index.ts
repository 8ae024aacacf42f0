export type { Answer } from './answer.js'
export { basic } from './authorization.js'
export type { ConnectionFault } from './connection-fault.js'
export { ConnectionError, type GetOptions, get } from './get.js'
