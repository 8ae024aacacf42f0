/** A text, and what promlint's nine rules have against it: ids of rules, by metric. */
export interface Linted {
  readonly what: string
  readonly text: string
  readonly findings: Readonly<Record<string, readonly string[]>>
}

/** One metric with its metadata and one sample, or the samples that are given. */
function metric(type: string, name: string, samples: readonly string[] = [`${name} 1`]): string {
  return [`# HELP ${name} What it is.`, `# TYPE ${name} ${type}`, ...samples, ''].join('\n')
}

function distribution(type: 'histogram' | 'summary', name: string, labels = ''): string {
  const [label, last] = type === 'histogram' ? ['le', '+Inf'] : ['quantile', '0.5']
  const bounded = type === 'histogram' ? `${name}_bucket` : name
  const own = `${label}="${last}"`
  const plain = labels === '' ? '' : `{${labels}}`
  return metric(type, name, [
    `${bounded}{${labels === '' ? own : `${labels},${own}`}} 1`,
    `${name}_sum${plain} 1`,
    `${name}_count${plain} 1`,
  ])
}

const good = (what: string, text: string): Linted => ({ what, text, findings: {} })
const bad = (what: string, name: string, text: string, ...rules: readonly string[]): Linted => ({
  what,
  text,
  findings: { [name]: rules },
})

/** Good and bad texts that promtool can read, and that every promtool and lint have to agree on. */
export const expositions: readonly Linted[] = [
  good('nothing', ''),
  good('a counter', metric('counter', 'requests_total')),
  good('a counter with a unit', metric('counter', 'cpu_seconds_total')),
  good('a gauge', metric('gauge', 'temperature_celsius')),
  good('a histogram', distribution('histogram', 'took_seconds')),
  good('a histogram with labels', distribution('histogram', 'took_seconds', 'method="GET"')),
  good('a summary', distribution('summary', 'size_bytes')),
  good('an untyped metric', metric('untyped', 'something')),
  good('metadata without samples', '# HELP BadName_ms x\n# TYPE BadName_ms counter\n'),
  good('an untyped metric with _total', metric('untyped', 'something_total')),
  good('an untyped metric with _count', metric('untyped', 'something_count')),
  good('an untyped metric with the label le', metric('untyped', 'something', ['something{le="1"} 1'])),
  good('a word that ends as a unit does', metric('gauge', 'thermometers')),
  good('a word that begins as a scale does', metric('gauge', 'kilobase_seconds')),
  good('a type as the first word', metric('gauge', 'counter_reading')),
  good('a unit letter as the first word', metric('gauge', 's_width_meters')),
  good('capitals without a lower-case letter before them', metric('gauge', 'HTTP_size_bytes')),
  good('meters in both spellings', metric('gauge', 'a_meters') + metric('gauge', 'b_metres')),
  good('a label value in camelCase', metric('gauge', 'size_bytes', ['size_bytes{a="camelCase"} 1'])),
  good('kelvin', metric('gauge', 'color_kelvin')),
  good(
    'two metrics of which one has the suffix of the other',
    metric('gauge', 'a_bytes') + metric('gauge', 'a_bytes_max'),
  ),
  bad('no help', 'a', '# TYPE a gauge\na 1\n', 'help-missing'),
  bad('an empty help', 'a', '# HELP a \n# TYPE a gauge\na 1\n', 'help-missing'),
  bad('no metadata', 'a', 'a 1\n', 'help-missing'),
  bad('milliseconds', 'took_milliseconds', metric('gauge', 'took_milliseconds'), 'base-unit'),
  bad('minutes', 'took_minutes', metric('gauge', 'took_minutes'), 'base-unit'),
  bad(
    'kilobytes within a name',
    'sent_kilobytes_total',
    metric('counter', 'sent_kilobytes_total'),
    'base-unit',
  ),
  bad('fahrenheit', 'oven_fahrenheit', metric('gauge', 'oven_fahrenheit'), 'base-unit'),
  bad('bits', 'sent_bits_total', metric('counter', 'sent_bits_total'), 'base-unit'),
  bad('kelvins', 'color_kelvins', metric('gauge', 'color_kelvins'), 'base-unit'),
  bad('pebibytes', 'disk_pebibytes', metric('gauge', 'disk_pebibytes'), 'base-unit'),
  bad('microamperes', 'drawn_microamperes', metric('gauge', 'drawn_microamperes'), 'base-unit'),
  bad('a unit that is untyped', 'took_hours', metric('untyped', 'took_hours'), 'base-unit'),
  bad('a counter without _total', 'requests', metric('counter', 'requests'), 'counter-total'),
  bad('a gauge with _total', 'things_total', metric('gauge', 'things_total'), 'counter-total'),
  bad('a histogram with _total', 'took_total', distribution('histogram', 'took_total'), 'counter-total'),
  bad('a gauge with _count', 'users_count', metric('gauge', 'users_count'), 'reserved-name'),
  bad('a gauge with _sum', 'users_sum', metric('gauge', 'users_sum'), 'reserved-name'),
  bad('a gauge with _bucket', 'users_bucket', metric('gauge', 'users_bucket'), 'reserved-name'),
  bad(
    'a counter with _count',
    'users_count',
    metric('counter', 'users_count'),
    'counter-total',
    'reserved-name',
  ),
  bad('a summary with _bucket', 'size_bucket', distribution('summary', 'size_bucket'), 'reserved-name'),
  bad('a gauge with the label le', 'a', metric('gauge', 'a', ['a{le="1"} 1']), 'reserved-name'),
  bad('a gauge with the label quantile', 'a', metric('gauge', 'a', ['a{quantile="1"} 1']), 'reserved-name'),
  bad(
    'a histogram with the label quantile',
    'took_seconds',
    distribution('histogram', 'took_seconds', 'quantile="x"'),
    'reserved-name',
  ),
  bad(
    'a summary with the label le',
    'size_bytes',
    distribution('summary', 'size_bytes', 'le="x"'),
    'reserved-name',
  ),
  bad('a gauge named so', 'a_gauge', metric('gauge', 'a_gauge'), 'type-in-name'),
  bad('a counter named so', 'a_counter_total', metric('counter', 'a_counter_total'), 'type-in-name'),
  bad('a type in capitals', 'a_Gauge_x', metric('gauge', 'a_Gauge_x'), 'type-in-name'),
  bad('a summary named so', 'a_summary', distribution('summary', 'a_summary'), 'type-in-name'),
  bad('a colon', 'job:rate5', metric('gauge', 'job:rate5'), 'colon-in-name'),
  bad('a camelCase name', 'sentBytes', metric('gauge', 'sentBytes'), 'camel-case'),
  bad('a camelCase label', 'a', metric('gauge', 'a', ['a{statusCode="1"} 1']), 'camel-case'),
  bad('an untyped camelCase name', 'sentBytes', metric('untyped', 'sentBytes'), 'camel-case'),
  bad('ms', 'took_ms', metric('gauge', 'took_ms'), 'abbreviated-unit'),
  bad('s within a name', 'took_s_max', metric('gauge', 'took_s_max'), 'abbreviated-unit'),
  bad('KB in capitals', 'sent_KB', metric('gauge', 'sent_KB'), 'abbreviated-unit'),
  bad('an untyped sec', 'took_sec', metric('untyped', 'took_sec'), 'abbreviated-unit'),
  bad('a letter that is a unit', 'plan_b', metric('gauge', 'plan_b'), 'abbreviated-unit'),
  bad(
    'much at once',
    'tookTime_gauge_milliseconds_ms_count',
    '# TYPE tookTime_gauge_milliseconds_ms_count gauge\ntookTime_gauge_milliseconds_ms_count{le="1"} 1\n',
    'help-missing',
    'base-unit',
    'reserved-name',
    'type-in-name',
    'camel-case',
    'abbreviated-unit',
  ),
  {
    what: 'several metrics',
    text: metric('gauge', 'fine_bytes') + metric('counter', 'requests') + metric('gauge', 'took_ms'),
    findings: { requests: ['counter-total'], took_ms: ['abbreviated-unit'] },
  },
]
