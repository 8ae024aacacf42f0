/** What is measured and advised. Figures come formatted; the Korean has the same functions. */
export const adviceEnglish = {
  unused: {
    metric: (series: string, nobody: string) => `${series} series, and ${nobody} uses it`,
    buckets: (series: string, family: string) =>
      `${series} series; only ${family}_sum and ${family}_count are used`,
  },
  labels: {
    count: (values: string, without: string, series: string) =>
      `${values} values, ${without} of ${series} series without it`,
    looksLike: (count: string, kind: string) => `${count}; they look like ${kind}`,
    leaveIdOut: (label: string, metric: string) =>
      `leave the label "${label}" out of ${metric}: it grows with users or time; put ids into logs and traces`,
    unread: (count: string) => `${count}; nothing that uses the metric reads this label`,
    leaveUnreadOut: (label: string, metric: string) =>
      `leave "${label}" out of the labels of ${metric}; relabelling cannot, as series would collide`,
    closeList: (label: string) =>
      `give "${label}" a closed list of values, or groups of them: labels: { ${label}: ['…', '…'] }`,
    constant: (metrics: string) => `the only value of this label in ${metrics}`,
    leaveConstantOut: () =>
      'leave it out where it is made; where it is needed elsewhere, make it a label of the target or an external label',
    redundant: (by: string, label: string, metrics: string) =>
      `each value of "${by}" goes with one value of "${label}" in ${metrics}`,
    joinIn: (by: string, label: string) =>
      `leave "${label}" out, and join it in where it is shown: … * on (${by}) group_left (${label}) an_info_metric`,
    two: (a: string, b: string) => `${a} and ${b}`,
    moreMetrics: (first: string, more: number) => `${first} and ${more} more metrics`,
    large: (series: string, share: string) => `${series} series, ${share} of all`,
    seeLabels: () => 'see its labels above: the one with the most values makes them',
  },
  kinds: {
    mail: 'e-mail addresses',
    uuid: 'UUIDs',
    url: 'URLs',
    time: 'times',
    address: 'IP addresses',
    hash: 'hashes',
    path: 'paths with numbers',
    number: 'numbers',
  },
  growth: {
    grown: (was: string, ago: string, now: string, daily: string) =>
      `${was} series ${ago} ago, ${now} now: ${daily} more a day`,
    findLabel: () =>
      'find the label whose values have no end: telltale top shows the growing metrics of an instance',
    churn: (hourly: string, share: string, active: string) =>
      `${hourly} new series an hour, ${share} of the ${active} that are active`,
    leaveOut: () =>
      'a label changes all the time (a version, a time, a pod): leave it out; each new series costs memory for three hours',
  },
  buckets: {
    threshold: (values: readonly string[]) =>
      `${values.join(' and ')}: asked for, and no bound, so that what is compared with it is a guess`,
    beyond: (share: string, last: string) => `${share} lie above the last bound, ${last}`,
    first: (share: string, first: string) => `${share} lie in the first bucket, up to ${first}`,
    empty: (bounds: string) => `the buckets up to ${bounds} are empty`,
    wide: (quantile: number, error: string) => `p${quantile} may be off by ${error}`,
    of: (fault: string, total: string, time: string) =>
      `${fault}, of ${total} observations in the last ${time}`,
    error: (quantile: number, before: string, after: string) =>
      `p${quantile} is off by up to ${before} now, ${after} then`,
    keepOld: () => 'keep the old bounds as well until no query of the past needs them',
    above: (histogram: string) => `the bounds above for ${histogram}`,
    histograms: (count: number) => `${count} histograms`,
    native: (series: string) =>
      `${series} bucket series; this server takes native histograms, with one series each`,
    useNative: () =>
      'new Histogram({ …, native: true }): 5 to 10 % error everywhere, with no bounds to choose',
  },
  intervals: {
    job: (job: string) => `job ${job}`,
    jobs: (jobs: readonly string[]) => `jobs ${jobs.join(' and ')}`,
    shortRange: (metric: string, range: string, count: string, interval: string) =>
      `${metric} is read over ${range}, ${count} intervals of ${interval}`,
    readLonger: (range: string, interval: string) =>
      `read it over at least ${range}, or scrape at least every ${interval}`,
    longEnough: (range: string, metric: string, interval: string) =>
      `the shortest range that is read is ${range}, of ${metric}: it has four scrapes at ${interval} too`,
    long: (interval: string) => `${interval} between scrapes; two that fail end every series`,
    slow: (duration: string, share: string) => `a scrape took ${duration}, ${share} of the interval`,
    exposeLess: () => 'expose fewer series, or scrape less often',
    twice: (url: string, more: number) =>
      `both scrape ${url}${more > 0 ? ` and ${more} more` : ''}: every series is stored twice`,
    takeOut: (job: string) => `take the job ${job} out`,
    still: (count: string, series: string) =>
      `${count} of ${series} series have not changed in the last hour`,
    ownJob: (interval: string) =>
      `it needs no scrape each ${interval}: put it into a job of its own with scrape_interval: 1m`,
  },
  storage: {
    retention: 'retention',
    wal: 'write-ahead log',
    disk: 'disk',
    tooSmall: (kept: string, need: string, share: string, disk: string) =>
      `${kept} need ${need}, ${share} of a disk of ${disk}`,
    keepLess: (days: number, disk: string, limit: string) =>
      `--storage.tsdb.retention.time=${days}d, or a disk of ${disk}; and ${limit}`,
    noSize: (kept: string, need: string, disk: string) =>
      `${kept} need ${need} of ${disk}; nothing stops a sudden growth from filling it`,
    setSize: (limit: string) => `${limit}, which is 80 % of the disk`,
    sizeTooLarge: (size: string, disk: string, besides: string) =>
      `the retention size is ${size} of ${disk}; the write-ahead log needs ${besides} besides`,
    notCompressed: () => 'its compression is off; on, it is about half as large',
    beyondRetention: (range: string, kept: string) => `it reads ${range}, and ${kept} are kept`,
    keepMore: (range: string) =>
      `--storage.tsdb.retention.time=${range}, or a recording rule over a shorter range`,
    nearlyFull: (blocks: string, disk: string) => `blocks alone are ${blocks} of ${disk}`,
    makeRoom: () => 'make room now: compaction needs a tenth of it',
  },
  rules: {
    group: (group: string) => `group ${group}`,
    inGroup: (rule: string, group: string) => `${rule} in ${group}`,
    slowGroup: (duration: string, share: string, interval: string) =>
      `it took ${duration}, ${share} of its interval of ${interval}`,
    split: () => 'split it: groups run side by side, the rules of one run one after another',
    slow: (duration: string, interval: string) => `it took ${duration}, every ${interval}`,
    recordInner: () => 'record its inner aggregation with a rule of its own, and read that',
    unused: (nobody: string, duration: string, interval: string) =>
      `${nobody} reads it; it takes ${duration} every ${interval}`,
    takeOut: (rule: string) => `take the rule ${rule} out`,
    repeated: (count: number, places: readonly string[], duration: string) =>
      `it stands in ${count} places, such as ${places.join(' and ')}; once takes ${duration}`,
  },
  places: {
    alert: (name: string, group: string) => `alert ${name} in ${group}`,
    recording: (name: string, group: string) => `recording rule ${name} in ${group}`,
    panel: (title: string) => `panel "${title}"`,
    variable: (name: string) => `variable ${name}`,
    dashboard: 'dashboard',
    of: (place: string, dashboard: string) => `${place} of ${dashboard}`,
    logged: (times: number) => `query that ran ${times === 1 ? 'once' : `${times} times`}`,
  },
  evidence: {
    noRule: 'no rule',
    noDashboard: 'no dashboard',
    noQuery: 'no logged query',
    nobody: (sources: readonly string[]) =>
      sources.length === 1 ? sources[0]! : `${sources.slice(0, -1).join(', ')} and ${sources.at(-1)}`,
    rulesUnknown: 'the server did not tell its rules',
    noDashboards:
      'no dashboard was looked at: name them with --dashboards or --grafana, give a query log of a week, or say ' +
      '--no-dashboards',
    configurationUnknown: 'the server did not tell its configuration',
    remoteWrite:
      'remote_write sends everything to another server; say --ignore-remote-write if nobody uses it there',
    open: (place: string) => `the ${place} takes its metric from a variable; keep what it is for with --keep`,
  },
}

export type AdviceTexts = typeof adviceEnglish
