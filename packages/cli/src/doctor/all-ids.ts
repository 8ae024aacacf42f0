import { doctorIds } from './texts/index.js'

/** The ids of everything that doctor can find. */
export const allIds: readonly string[] = doctorIds
