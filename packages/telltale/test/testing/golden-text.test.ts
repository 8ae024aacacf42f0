import { describe, expect, test } from 'vitest'
import { Counter, Info, StateSet } from '../../src/index.js'
import { assertExposition, createTestRegistry } from '../../src/testing/index.js'
import { rejection, shopMetrics } from './fixture.js'

describe('a text that is expected', () => {
  test.each<[what: string, text: string]>([
    [
      'in another order, indented and in part',
      `
      # HELP queue_jobs Jobs that wait.
      # TYPE queue_jobs gauge
      queue_jobs 4
      # TYPE http_requests_total counter
      http_requests_total{status_code="200",method="POST"} 1
      http_requests_total{method="GET",status_code="200"} 3
    `,
    ],
    ['without metadata', 'queue_jobs 4'],
    [
      'of a histogram, its bounds in another form',
      `
      # TYPE job_seconds histogram
      job_seconds_count 1
      job_seconds_sum 0.7
      job_seconds_bucket{le="+Inf"} 1
      job_seconds_bucket{le="1.0"} 1
      job_seconds_bucket{le="0.5"} 0
    `,
    ],
    ['of samples of a histogram without its type', 'job_seconds_count 1'],
    [
      'in OpenMetrics',
      `# TYPE http_requests counter
http_requests_total{method="GET",status_code="200"} 3
http_requests_total{method="POST",status_code="200"} 1
# EOF
`,
    ],
  ])('may be %s', async (_, text) => {
    await assertExposition(shopMetrics(), text)
  })

  test('is compared series by series, and the difference shows only the metrics that differ', async () => {
    const text = `
      # HELP queue_jobs Jobs that wait.
      # TYPE queue_jobs gauge
      queue_jobs 4
      # HELP http_requests_total Requests.
      # TYPE http_requests_total counter
      http_requests_total{method="GET",status_code="200"} 2
      http_requests_total{method="PUT",status_code="200"} 1
    `
    const error = await rejection(assertExposition(shopMetrics(), text))
    expect(error.message).toBe(
      [
        'the metrics are not as expected (- expected, + got)',
        '',
        '- # HELP http_requests_total Requests.',
        '+ # HELP http_requests_total Requests answered.',
        '  # TYPE http_requests_total counter',
        '- http_requests_total{method="GET",status_code="200"} 2',
        '+ http_requests_total{method="GET",status_code="200"} 3',
        '- http_requests_total{method="PUT",status_code="200"} 1',
        '+ http_requests_total{method="POST",status_code="200"} 1',
      ].join('\n'),
    )
  })

  test('of a metric that is missing, or of another type, is not met', async () => {
    const error = await rejection(
      assertExposition(shopMetrics(), '# TYPE gone gauge\ngone 1\n# TYPE queue_jobs counter\nqueue_jobs 4\n'),
    )
    expect(error.message).toContain('- # TYPE gone gauge\n- gone 1')
    expect(error.message).toContain('- # TYPE queue_jobs counter\n+ # TYPE queue_jobs gauge\n  queue_jobs 4')
  })

  test('may be asked to be all there is', async () => {
    await assertExposition(shopMetrics(), 'queue_jobs 4')
    const error = await rejection(assertExposition(shopMetrics(), 'queue_jobs 4', { whole: true }))
    expect(error.message).toContain(
      '+ # TYPE http_requests_total counter\n+ http_requests_total{method="GET"',
    )
  })

  test('knows an info and a state set by their type in either format', async () => {
    const registry = createTestRegistry()
    new Info({ name: 'build_info', help: 'B.', labels: ['version'], registry }).set({ version: '1' })
    new StateSet({ name: 'mode', help: 'M.', states: ['on', 'off'], registry }).set('on')
    await assertExposition(
      registry,
      `# TYPE build_info gauge
       build_info{version="1"} 1
       # TYPE mode gauge
       mode{mode="on"} 1
       mode{mode="off"} 0`,
      { whole: true },
    )
    await assertExposition(registry, '# TYPE build info\nbuild_info{version="1"} 1\n# EOF\n')
  })

  test('leaves start times alone unless it has some', async () => {
    const registry = createTestRegistry({ createdTimes: true })
    new Counter({ name: 'a_total', help: 'A.', registry }).inc()
    await assertExposition(registry, '# TYPE a counter\na_total 1\n# EOF\n')
    await assertExposition(registry, '# TYPE a counter\na_total 1\na_created 1.7e9\n# EOF\n')
    await rejection(assertExposition(registry, '# TYPE a counter\na_total 1\na_created 5\n# EOF\n'))
  })
})
