import { describe, expect, test } from 'vitest'
import { TelltaleError } from '../../src/index.js'
import { Grouping } from '../../src/push/grouping.js'

const paths: readonly [what: string, job: string, labels: Record<string, unknown>, path: string][] = [
  ['a job alone', 'backup', {}, '/metrics/job/backup'],
  ['labels in their order', 'b', { z: '1', a: '2' }, '/metrics/job/b/z/1/a/2'],
  ['numbers and booleans', 'b', { n: 1.5, t: true }, '/metrics/job/b/n/1.5/t/true'],
  ['a slash in base64', 'a/b', { p: '/x' }, '/metrics/job@base64/YS9i/p@base64/L3g'],
  ['an empty value by its padding', 'b', { a: '', c: undefined }, '/metrics/job/b/a@base64/=/c@base64/='],
  ['what is not ASCII in base64', 'b', { a: 'å 🔥' }, '/metrics/job/b/a@base64/w6Ug8J-UpQ'],
  ['dots that would go up in base64', '..', { a: '.' }, '/metrics/job@base64/Li4/a@base64/Lg'],
  ['a dot between letters as it is', 'v1.2', {}, '/metrics/job/v1.2'],
  ['a percent sign in base64', '100%', {}, '/metrics/job@base64/MTAwJQ'],
]

test.each(paths)('the path has %s', (_, job, labels, path) => {
  expect(new Grouping(job, labels).path).toBe(path)
})

describe('refused are', () => {
  const wrong: readonly [what: string, job: unknown, labels: Record<string, unknown>, message: string][] = [
    ['no job', undefined, {}, 'got job undefined'],
    ['an empty job', '', {}, 'got job ""'],
    ['a number as the job', 1, {}, 'got job 1'],
    ['a second job', 'a', { job: 'b' }, 'the grouping label "job"'],
    ['a label that no metric can have', 'a', { 'b-c': '1' }, 'the grouping label "b-c"'],
    ['a label of Prometheus', 'a', { __name__: '1' }, 'the grouping label "__name__"'],
    ['a value that is no text', 'a', { b: {} }, 'for the grouping label "b"'],
  ]

  test.each(wrong)('%s', (_, job, labels, message) => {
    const make = () => new Grouping(job, labels)
    expect(make).toThrow(TelltaleError)
    expect(make).toThrow(message)
  })
})
