import { dictionary, type Fields, field, fields, list, type Shape, text } from '../schema/shape.js'
import { duration, wholeNumber } from '../schema/text-shapes.js'

const texts = dictionary(text)

const rule: Fields = {
  record: field(text),
  alert: field(text),
  expr: field(text, { required: true }),
  for: field(duration),
  keep_firing_for: field(duration, { since: '2.42' }),
  labels: field(texts),
  annotations: field(texts),
}

const group: Fields = {
  name: field(text, { required: true }),
  interval: field(duration),
  query_offset: field(duration, { since: '2.53' }),
  limit: field(wholeNumber, { since: '2.31' }),
  labels: field(texts, { since: '3.0' }),
  rules: field(list(fields(rule))),
}

/** A file of rules. */
export const ruleFileShape: Shape = fields({ groups: field(list(fields(group))) })
