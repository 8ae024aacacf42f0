/**
 * The classic model as a JSON schema (draft 07), strict about names. It follows the published one of Grafana, but
 * knows two things that one leaves out: the fields of annotations from Prometheus, and values of overrides that are
 * no objects.
 */
export const classicSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $ref: '#/definitions/Dashboard',
  definitions: {
    Dashboard: strict(
      {
        uid: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,40}$' },
        title: text(),
        description: text(),
        tags: list(text()),
        timezone: text(),
        editable: { type: 'boolean' },
        graphTooltip: { enum: [0, 1, 2] },
        time: strict({ from: text(), to: text() }),
        refresh: text(),
        schemaVersion: { type: 'integer', minimum: 39, maximum: 42 },
        version: { type: 'integer' },
        panels: list({ anyOf: [ref('Panel'), ref('Row')] }),
        templating: strict({ list: list(ref('Variable')) }),
        annotations: strict({ list: list(ref('Annotation')) }),
        links: list(ref('Link')),
      },
      'all',
    ),
    Variable: strict(
      {
        type: { enum: ['query', 'datasource', 'custom', 'textbox', 'constant', 'interval', 'adhoc'] },
        name: text(),
        label: text(),
        hide: { enum: [0, 1, 2] },
        query: { anyOf: [text(), { type: 'object' }] },
        definition: text(),
        datasource: ref('DataSource'),
        current: strict({ selected: { type: 'boolean' }, text: choice(), value: choice() }),
        multi: { type: 'boolean' },
        includeAll: { type: 'boolean' },
        allValue: text(),
        refresh: { enum: [0, 1, 2] },
        sort: { type: 'integer', minimum: 0, maximum: 8 },
      },
      ['type', 'name', 'query'],
    ),
    Annotation: strict(
      {
        name: text(),
        datasource: ref('DataSource'),
        enable: { type: 'boolean' },
        iconColor: text(),
        expr: text(),
        titleFormat: text(),
        textFormat: text(),
        tagKeys: text(),
        useValueForTime: { const: 'on' },
        target: strict({
          type: { const: 'tags' },
          tags: list(text()),
          matchAny: { type: 'boolean' },
          limit: { type: 'integer' },
        }),
      },
      ['name', 'datasource', 'enable', 'iconColor'],
    ),
    Link: strict(
      {
        title: text(),
        type: { enum: ['link', 'dashboards'] },
        icon: text(),
        tooltip: { type: 'string' },
        url: text(),
        tags: list(text()),
        asDropdown: { type: 'boolean' },
        targetBlank: { type: 'boolean' },
        includeVars: { type: 'boolean' },
        keepTime: { type: 'boolean' },
      },
      ['title', 'type', 'icon', 'tooltip', 'tags', 'asDropdown', 'targetBlank', 'includeVars', 'keepTime'],
    ),
    Row: strict(
      {
        id: { type: 'integer' },
        type: { const: 'row' },
        title: text(),
        collapsed: { type: 'boolean' },
        gridPos: ref('GridPosition'),
        panels: list(ref('Panel')),
      },
      'all',
    ),
    Panel: strict(
      {
        id: { type: 'integer', minimum: 1 },
        type: {
          enum: ['timeseries', 'stat', 'gauge', 'heatmap', 'table', 'bargauge', 'state-timeline'],
        },
        title: text(),
        description: text(),
        datasource: ref('DataSource'),
        gridPos: ref('GridPosition'),
        fieldConfig: strict({ defaults: ref('Field'), overrides: list(ref('Override')) }),
        options: { type: 'object' },
        targets: { type: 'array', minItems: 1, items: ref('Target') },
        transformations: list(strict({ id: text(), options: { type: 'object' } })),
      },
      ['id', 'type', 'title', 'description', 'datasource', 'gridPos', 'fieldConfig', 'options', 'targets'],
    ),
    Target: strict(
      {
        refId: { type: 'string', pattern: '^[A-Z]$' },
        datasource: ref('DataSource'),
        expr: text(),
        legendFormat: { type: 'string' },
        format: { enum: ['time_series', 'table', 'heatmap'] },
        instant: { type: 'boolean' },
        range: { type: 'boolean' },
        exemplar: { type: 'boolean' },
      },
      'all',
    ),
    Field: strict(
      {
        unit: text(),
        min: { type: 'number' },
        noValue: text(),
        color: strict({ mode: text(), fixedColor: text() }, ['mode']),
        thresholds: strict({ mode: { enum: ['absolute', 'percentage'] }, steps: list(ref('Step')) }),
        mappings: list(strict({ type: { const: 'value' }, options: { type: 'object' } })),
        links: list(strict({ title: text(), url: text() })),
        custom: { type: 'object' },
      },
      ['unit', 'thresholds'],
    ),
    Step: strict({ color: text(), value: { type: ['number', 'null'] } }),
    Override: strict({
      matcher: strict({ id: { const: 'byFrameRefID' }, options: text() }),
      properties: list(strict({ id: text(), value: {} })),
    }),
    DataSource: strict({ type: text(), uid: text() }),
    GridPosition: strict({
      x: { type: 'integer', minimum: 0, exclusiveMaximum: 24 },
      y: { type: 'integer', minimum: 0 },
      w: { type: 'integer', minimum: 1, maximum: 24 },
      h: { type: 'integer', minimum: 1 },
    }),
  },
} as const

/** An object with these fields and no others; the required ones are all of them when left out. */
function strict(properties: Readonly<Record<string, object>>, required: 'all' | readonly string[] = 'all') {
  const names = required === 'all' ? Object.keys(properties) : required
  return { type: 'object', additionalProperties: false, required: names, properties }
}

function list(items: object) {
  return { type: 'array', items }
}

function text() {
  return { type: 'string', minLength: 1 }
}

function choice() {
  return { anyOf: [text(), list(text())] }
}

function ref(name: string) {
  return { $ref: `#/definitions/${name}` }
}
