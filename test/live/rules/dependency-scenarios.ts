import { counter, gauge, nothing, ramp, type Scenario } from './scenario.js'

const query = (job: string, status: string, table = 'users') =>
  `database_query_duration_seconds_count{job="${job}",instance="${job}:1",operation="SELECT",table="${table}",status="${status}"}`
const queryBucket = (table: string, le: string) =>
  `database_query_duration_seconds_bucket{job="app",instance="app:1",operation="SELECT",table="${table}",status="success",le="${le}"}`
const connections = (instance: string, state: string) =>
  `database_connections_active{job="app",instance="${instance}",database="shop",state="${state}"}`
const queriesOf = (instance: string) =>
  `database_query_duration_seconds_count{job="app",instance="${instance}",operation="SELECT",table="t",status="error"}`
const jobs = (queue: string, status = 'success') =>
  `queue_processing_duration_seconds_count{job="app",instance="app:1",queue_name="${queue}",job_type="t",status="${status}"}`
const depth = (queue: string) =>
  `queue_size{job="app",instance="app:1",queue_name="${queue}",priority="high"}`
const onQueue = (queue: string, severity = 'warning') =>
  `severity="${severity}",job="app",queue_name="${queue}"`
const calls = (service: string, code: string) =>
  `external_api_duration_seconds_count{job="app",instance="app:1",service="${service}",endpoint="/",status_code="${code}"}`
const callBucket = (service: string, le: string) =>
  `external_api_duration_seconds_bucket{job="app",instance="app:1",service="${service}",endpoint="/",status_code="200",le="${le}"}`
const requests = (host: string, code: string) =>
  `http_client_request_duration_seconds_count{job="app",instance="app:1",method="GET",host="${host}",status_code="${code}"}`
const requestBucket = (host: string, le: string) =>
  `http_client_request_duration_seconds_bucket{job="app",instance="app:1",method="GET",host="${host}",status_code="200",le="${le}"}`
const requestErrors = (host: string, kind: string) =>
  `http_client_request_errors_total{job="app",instance="app:1",host="${host}",kind="${kind}"}`
const onHost = (host: string) => `severity="warning",job="app",host="${host}"`
const onService = (service: string) => `severity="warning",job="app",service="${service}"`

function queryDurations(table: string, perMinute: number, isSlow: boolean) {
  const all = counter([perMinute, 40])
  return {
    [query('app', 'success', table)]: all,
    [queryBucket(table, '0.5')]: isSlow ? counter([0, 40]) : all,
    [queryBucket(table, '1')]: all,
    [queryBucket(table, '+Inf')]: all,
  }
}

function callDurations(service: string, perMinute: number, isSlow: boolean) {
  const all = counter([perMinute, 40])
  return {
    [calls(service, '200')]: all,
    [callBucket(service, '2')]: isSlow ? counter([0, 40]) : all,
    [callBucket(service, '5')]: all,
    [callBucket(service, '+Inf')]: all,
  }
}

function requestDurations(host: string, perMinute: number, isSlow: boolean) {
  const all = counter([perMinute, 40])
  return {
    [requests(host, '200')]: all,
    [requestBucket(host, '2')]: isSlow ? counter([0, 40]) : all,
    [requestBucket(host, '5')]: all,
    [requestBucket(host, '+Inf')]: all,
  }
}

export const dependencyScenarios: readonly Scenario[] = [
  {
    alert: 'DatabaseErrorsHigh',
    shows: 'one query in ten fails, none, one of hardly any',
    at: 20,
    series: {
      [query('bad', 'success')]: counter([54, 30]),
      [query('bad', 'error')]: `${nothing(5)} ${counter([6, 25])}`,
      [query('good', 'success')]: counter([60, 30]),
      [query('quiet', 'error')]: counter([1, 30]),
    },
    firing: ['severity="critical",job="bad"'],
  },
  {
    alert: 'DatabaseSlow',
    shows: 'a slow table, a quick one, a slow one that is hardly read',
    at: 20,
    series: {
      ...queryDurations('orders', 30, true),
      ...queryDurations('users', 30, false),
      ...queryDurations('reports', 1, true),
    },
    firing: ['severity="warning",job="app",operation="SELECT",table="orders"'],
  },
  {
    alert: 'DatabasePoolExhausted',
    shows: 'requests that wait all the time, and a moment of waiting',
    at: 15,
    series: {
      [connections('full', 'waiting')]: gauge([3, 30]),
      [connections('good', 'waiting')]: gauge([0, 12], [5, 1], [0, 17]),
    },
    firing: ['severity="warning",job="app",instance="full",database="shop"'],
  },
  {
    alert: 'DatabasePoolNearlyFull',
    shows: 'ten of ten connections in use, two of ten, and a pool that does not say how many it may have',
    at: 15,
    series: {
      [connections('full', 'in_use')]: gauge([10, 30]),
      [connections('full', 'max')]: gauge([10, 30]),
      [connections('good', 'in_use')]: gauge([2, 30]),
      [connections('good', 'max')]: gauge([10, 30]),
      [connections('silent', 'in_use')]: gauge([50, 30]),
    },
    firing: ['severity="warning",job="app",instance="full",database="shop"'],
  },
  {
    alert: 'DatabaseConnectionsGone',
    shows: 'no connection while queries are made, and a pool at rest',
    at: 10,
    series: {
      [connections('busy', 'active')]: gauge([2, 3], [0, 20]),
      [connections('busy', 'idle')]: gauge([1, 3], [0, 20]),
      [queriesOf('busy')]: counter([5, 23]),
      [connections('resting', 'active')]: gauge([0, 23]),
      [queriesOf('resting')]: counter([0, 23]),
    },
    firing: ['severity="critical",job="app",instance="busy",database="shop"'],
  },
  {
    alert: 'QueueStalled',
    shows:
      'jobs that wait while none ends, work that goes on, an empty queue, one whose consumers never came',
    at: 30,
    series: {
      [depth('stalled')]: gauge([5, 40]),
      [jobs('stalled')]: counter([5, 10], [0, 30]),
      [depth('working')]: gauge([5, 40]),
      [jobs('working')]: counter([5, 40]),
      [depth('empty')]: gauge([0, 40]),
      [jobs('empty')]: counter([0, 40]),
      [depth('orphaned')]: gauge([5, 40]),
    },
    firing: [onQueue('stalled', 'critical'), onQueue('orphaned', 'critical')],
  },
  {
    alert: 'QueueBacklog',
    shows: 'an hour of work that waits, a minute of it',
    at: 30,
    series: {
      [depth('long')]: gauge([3600, 40]),
      [jobs('long')]: counter([60, 40]),
      [depth('short')]: gauge([60, 40]),
      [jobs('short')]: counter([60, 40]),
    },
    firing: [onQueue('long')],
  },
  {
    alert: 'QueueGrowing',
    shows: 'a queue that doubles, one that is steady, one that grows and is short',
    at: 100,
    series: {
      [depth('growing')]: ramp(200, 10, 120),
      [depth('steady')]: gauge([5000, 120]),
      [depth('short')]: ramp(0, 0.5, 120),
    },
    firing: [onQueue('growing')],
  },
  {
    alert: 'JobsFailing',
    shows: 'a fifth of the jobs fails, none does, one of hardly any',
    at: 25,
    series: {
      [jobs('bad')]: counter([8, 40]),
      [jobs('bad', 'failed')]: counter([2, 40]),
      [jobs('good')]: counter([8, 40]),
      [jobs('quiet', 'error')]: counter([1, 2], [0, 38]),
    },
    firing: [onQueue('bad')],
  },
  {
    alert: 'ExternalServiceFailing',
    shows: 'one call in ten fails, calls without an answer, client errors, one of hardly any',
    at: 25,
    series: {
      [calls('down', '200')]: counter([54, 40]),
      [calls('down', '503')]: counter([6, 40]),
      [calls('silent', '200')]: counter([54, 40]),
      [calls('silent', 'timeout')]: counter([6, 40]),
      [calls('strict', '200')]: counter([30, 40]),
      [calls('strict', '404')]: counter([30, 40]),
      [calls('rare', '500')]: counter([1, 40]),
    },
    firing: [onService('down'), onService('silent')],
  },
  {
    alert: 'ExternalServiceSlow',
    shows: 'calls of over 2 s, quick ones, slow ones that are rare',
    at: 25,
    series: {
      ...callDurations('slow', 30, true),
      ...callDurations('quick', 30, false),
      ...callDurations('rare', 1, true),
    },
    firing: [onService('slow')],
  },
  {
    alert: 'OutgoingRequestsFailing',
    shows:
      'requests without an answer, 503, answers that break off, those that were given up, client errors, hardly any',
    at: 25,
    series: {
      [requests('gone', '200')]: counter([54, 40]),
      [requests('gone', '0')]: `${nothing(5)} ${counter([6, 35])}`,
      [requestErrors('gone', 'refused')]: `${nothing(5)} ${counter([6, 35])}`,
      [requests('busy', '200')]: counter([54, 40]),
      [requests('busy', '503')]: counter([6, 40]),
      [requests('cut', '200')]: counter([60, 40]),
      [requestErrors('cut', 'incomplete')]: counter([6, 40]),
      [requests('patient', '200')]: counter([30, 40]),
      [requests('patient', '499')]: counter([30, 40]),
      [requestErrors('patient', 'aborted')]: counter([30, 40]),
      [requests('strict', '404')]: counter([60, 40]),
      [requests('rare', '0')]: counter([1, 40]),
    },
    firing: [onHost('busy'), onHost('cut'), onHost('gone')],
  },
  {
    alert: 'OutgoingRequestsSlow',
    shows: 'answers that begin after 2 s, quick ones, slow ones that are rare',
    at: 25,
    series: {
      ...requestDurations('slow', 30, true),
      ...requestDurations('quick', 30, false),
      ...requestDurations('rare', 1, true),
    },
    firing: [onHost('slow')],
  },
  {
    alert: 'ExternalRateLimitNear',
    shows: 'three calls left, and many',
    at: 10,
    series: {
      'external_api_rate_limit_remaining{job="app",instance="a",service="mail",endpoint="/send"}': gauge([
        3, 20,
      ]),
      'external_api_rate_limit_remaining{job="app",instance="a",service="maps",endpoint="/find"}': gauge([
        900, 20,
      ]),
    },
    firing: [`${onService('mail')},endpoint="/send"`],
  },
]
