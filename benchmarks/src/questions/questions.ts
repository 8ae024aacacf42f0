import { exposing } from './exposing.js'
import { loading } from './loading.js'
import { memory } from './memory.js'
import type { Question } from './question.js'
import { recording } from './recording.js'
import { serving } from './serving.js'

/** Everything that is measured of one library at a time, in the order of the results. */
export const questions: Readonly<Record<string, Question>> = {
  ...recording,
  ...exposing,
  ...serving,
  ...memory,
  ...loading,
}
