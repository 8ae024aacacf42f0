/// <reference types="expect" preserve="true" />

import type { TelltaleMatchers } from './matchers.js'

export { telltaleMatchers } from './matchers.js'

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends TelltaleMatchers {}
}

declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: has to repeat Jest's own declaration to be merged with it
    interface Matchers<R, T = {}> extends TelltaleMatchers {}
  }
}
