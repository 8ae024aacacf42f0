import { counter, gauge, nothing, type Scenario } from './scenario.js'

const WEEK = 7 * 24 * 60

const requests = (job: string, code: string, route = '/') =>
  `http_requests_total{job="${job}",instance="${job}:1",route="${route}",status_code="${code}"}`

const bucket = (job: string, route: string, le: string) =>
  `http_request_duration_seconds_bucket{job="${job}",instance="${job}:1",route="${route}",le="${le}"}`

/** Requests of a route, all between 1 and 2 seconds, or all below 1 second. */
function durations(job: string, route: string, perMinute: number, isSlow: boolean) {
  const all = counter([perMinute, 40])
  return {
    [requests(job, '200', route)]: all,
    [bucket(job, route, '1')]: isSlow ? counter([0, 40]) : all,
    [bucket(job, route, '2')]: all,
    [bucket(job, route, '+Inf')]: all,
  }
}

const inFlight = (job: string, worker: string) =>
  `nodejs_http_requests_in_flight{job="${job}",instance="${job}:1",worker="${worker}"}`

export const httpScenarios: readonly Scenario[] = [
  {
    alert: 'RequestsHanging',
    shows: 'two processes of a group that answer nothing any more, many quick requests, and a few long ones',
    at: 20,
    series: {
      [requests('stuck', '200')]: counter([60, 5], [0, 25]),
      [inFlight('stuck', '0')]: gauge([1, 5], [8, 25]),
      [inFlight('stuck', '1')]: gauge([1, 5], [8, 25]),
      [requests('busy', '200')]: counter([60_000, 30]),
      [inFlight('busy', '0')]: gauge([200, 30]),
      [requests('stream', '200')]: counter([1, 30]),
      [inFlight('stream', '0')]: gauge([9, 30]),
    },
    firing: ['severity="warning",job="stuck"'],
  },
  {
    alert: 'ErrorRatioHigh',
    shows: 'one in ten fails; one in fifty; none; one in three of hardly any; restarts without errors',
    at: 35,
    series: {
      [requests('bad', '200')]: counter([54, 40]),
      [requests('bad', '503')]: counter([6, 40]),
      [requests('poor', '200')]: counter([49, 40]),
      [requests('poor', '500')]: counter([1, 40]),
      [requests('good', '200')]: counter([60, 40]),
      [requests('quiet', '200')]: counter([2, 40]),
      [requests('quiet', '500')]: counter([1, 40]),
      [requests('restarted', '200')]: `${counter([60, 30])} ${counter([60, 10])}`,
      [requests('restarted', '500')]: `900x29 ${counter([0, 10])}`,
    },
    firing: [
      'severity="critical",job="bad"',
      'severity="warning",job="bad"',
      'severity="warning",job="poor"',
    ],
  },
  {
    alert: 'ErrorRatioHigh',
    shows: 'errors that have no series before the first',
    at: 35,
    series: {
      [requests('new', '200')]: counter([60, 40]),
      [requests('new', '500')]: `${nothing(15)} ${counter([20, 25])}`,
      [requests('idle', '500')]: counter([0, 40]),
    },
    firing: ['severity="critical",job="new"', 'severity="warning",job="new"'],
  },
  {
    alert: 'LatencyP99High',
    shows: 'a slow route, a quick one, a slow one that hardly anybody asks for',
    at: 20,
    series: {
      ...durations('app', '/slow', 30, true),
      ...durations('app', '/quick', 30, false),
      ...durations('app', '/rare', 1, true),
    },
    firing: ['severity="warning",job="app",route="/slow"'],
  },
  {
    alert: 'ClientErrorsHigh',
    shows: 'half of the requests refused; half aborted; few refused; low traffic',
    at: 30,
    series: {
      [requests('scanned', '200')]: counter([30, 40]),
      [requests('scanned', '404')]: counter([30, 40]),
      [requests('aborted', '200')]: counter([30, 40]),
      [requests('aborted', '499')]: counter([30, 40]),
      [requests('good', '200')]: counter([54, 40]),
      [requests('good', '401')]: counter([6, 40]),
      [requests('quiet', '404')]: counter([2, 40]),
    },
    firing: ['severity="info",job="scanned"'],
  },
  {
    alert: 'RequestsAborted',
    shows: 'one in ten given up, one in a hundred, all of hardly any',
    at: 30,
    series: {
      [requests('slow', '200')]: counter([54, 40]),
      [requests('slow', '499')]: counter([6, 40]),
      [requests('good', '200')]: counter([99, 40]),
      [requests('good', '499')]: counter([1, 40]),
      [requests('quiet', '499')]: counter([2, 40]),
    },
    firing: ['severity="warning",job="slow"'],
  },
]

/** What is compared with a week ago; these take promtool longest, so they share one run. */
export const weeklyTraffic = {
  [requests('steady', '200')]: counter([300, WEEK + 120]),
  [requests('dropped', '200')]: counter([300, WEEK + 60], [60, 60]),
  [requests('risen', '200')]: counter([300, WEEK + 60], [1800, 60]),
  [requests('sparse', '200')]: counter([30, WEEK + 60], [0, 60]),
  // So that a standard deviation exists, every hour a little more or less.
  [requests('regular', '200')]: counter(
    ...Array.from({ length: WEEK / 60 + 1 }, (_, hour): readonly [number, number] => [
      hour % 2 === 0 ? 295 : 305,
      60,
    ]),
    [5, 60],
  ),
}

export const weeklyTrafficScenarios: readonly Omit<Scenario, 'series'>[] = [
  {
    alert: 'TrafficDropped',
    shows: 'traffic that falls to a fifth, stays, or was low a week ago too',
    at: WEEK + 110,
    firing: ['severity="warning",job="dropped"', 'severity="warning",job="regular"'],
  },
  {
    alert: 'TrafficSpike',
    shows: 'traffic that grows six times, stays, or was low a week ago',
    at: WEEK + 110,
    firing: ['severity="info",job="risen"'],
  },
  {
    alert: 'TrafficBelowPrediction',
    shows: 'traffic far below what the week before lets expect',
    at: WEEK + 110,
    firing: ['severity="warning",job="dropped"', 'severity="warning",job="regular"'],
  },
]
