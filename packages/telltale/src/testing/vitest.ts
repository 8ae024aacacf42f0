/// <reference types="vitest" resolution-mode="require" preserve="true" />

import type { TelltaleMatchers } from './matchers.js'

export { telltaleMatchers } from './matchers.js'

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: has to repeat Vitest's own declaration to be merged with it
  interface Matchers<T = any> extends TelltaleMatchers {}
}
