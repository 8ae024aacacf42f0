/** The queries that have nothing to show while the shop runs for a minute, by the reason. */
export const emptyInTheShop: Readonly<Record<string, readonly string[]>> = {
  'a week has to pass': [
    'telltale-overview: Requests B',
    'telltale-overview: Error ratio B',
    'telltale-overview: Latency, p95 B',
    'telltale-overview: Apdex B',
    'telltale-overview: Event loop, busiest B',
    'telltale-overview: Error budget, least B',
    'telltale-http: Requests B',
    'telltale-http: Traffic against last week A',
    'telltale-http: Requests and what was expected B',
    'telltale-http: Requests and what was expected C',
    'telltale-http: Requests and what was expected D',
    'telltale-http: Traffic against expectation A',
    'telltale-runtime: Event loop, busiest B',
    'telltale-runtime: CPU, most B',
    'telltale-runtime: Heap, fullest B',
    'telltale-dependencies: Cache hit ratio B',
    'telltale-dependencies: Cache hit ratio against last week A',
    'telltale-queues: Queue depth B',
    'telltale-queues: Jobs processed B',
    'telltale-business: Registrations B',
    'telltale-business: Revenue B',
    'telltale-business: Conversion B',
    'telltale-business: Registrations against last week A',
    'telltale-business: Revenue against last week A',
    'telltale-business: Conversion against last week A',
    'telltale-business: Active users B',
    'telltale-business: Requests and what was expected B',
    'telltale-business: Requests and what was expected C',
    'telltale-business: Requests and what was expected D',
  ],
  'a day has to pass': ['telltale-monitoring: Series against yesterday A'],
  'two values that are five minutes apart are needed': [
    'telltale-runtime: Heap in four hours A',
    'telltale-runtime: Growth of external memory A',
  ],
  'nothing is wrong': [
    'telltale-business: Critical errors A',
    'telltale-monitoring: Missing job A',
    'telltale-monitoring: Observations dropped A',
    'telltale-monitoring: Series limit A',
    'telltale-monitoring: Collectors that fail A',
  ],
  'the shop has no file of access or TLS': ['telltale-monitoring: Access files in use A'],
  'the shop is one process': [
    'telltale-monitoring: Silent processes of a group A',
    'telltale-monitoring: Definitions that clash A',
  ],
  'no remote write is set up': [
    'telltale-monitoring: Remote write delay A',
    'telltale-monitoring: Pushed samples lost A',
    'telltale-monitoring: Pushed samples waiting A',
  ],
}

/** The queries that have a value only while something waits, or fails: the shop works its queue off as it fills. */
export const emptyAtTimes: readonly string[] = [
  'telltale-queues: Queue depth in four hours A',
  'telltale-dependencies: Outgoing errors by kind A',
]
