const text = { type: 'string', minLength: 1 }
const line = { type: 'integer', minimum: 1 }
const object = (properties: object, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const message = object({ text }, ['text'])
const list = (items: object) => ({ type: 'array', items, uniqueItems: true })
const level = { enum: ['none', 'note', 'warning', 'error'] }
// No spaces, no raw non-ASCII, percent signs only before two hex digits: RFC 3986.
const uri = { type: 'string', pattern: "^([A-Za-z0-9._~:/?#@!$&'()*+,;=\\[\\]-]|%[0-9A-Fa-f]{2})+$" }

const physicalLocation = object(
  {
    artifactLocation: object({ uri }, ['uri']),
    region: object({ startLine: line, startColumn: line }, ['startLine']),
  },
  ['artifactLocation'],
)
const location = {
  ...object(
    {
      physicalLocation,
      logicalLocations: list(object({ fullyQualifiedName: text }, ['fullyQualifiedName'])),
    },
    [],
  ),
  minProperties: 1,
}

const result = object(
  {
    ruleId: text,
    ruleIndex: { type: 'integer', minimum: 0 },
    level,
    message,
    locations: list(location),
    partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
  },
  ['message', 'ruleId', 'level', 'locations'],
)

const driver = object({ name: text, rules: list(object({ id: text, helpUri: uri }, ['id'])) }, ['name'])

const invocation = object(
  {
    executionSuccessful: { type: 'boolean' },
    toolExecutionNotifications: list(object({ level, message }, ['message'])),
  },
  ['executionSuccessful'],
)

const run = object(
  {
    tool: object({ driver }, ['driver']),
    language: { type: 'string', pattern: '^[a-zA-Z]{2}(-[a-zA-Z]{2})?$' },
    columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    invocations: { type: 'array', items: invocation },
    results: { type: 'array', items: result },
  },
  ['tool'],
)

/** The part of the published SARIF 2.1.0 schema that the report uses; what is not in it is not allowed. */
export const sarifSchema = object(
  { $schema: { type: 'string' }, version: { const: '2.1.0' }, runs: { type: 'array', items: run } },
  ['version', 'runs'],
)
