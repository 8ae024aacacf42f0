import { expect, it } from 'vitest'
import { SharedMonitor } from '../../../src/instrument/runtime/shared-monitor.js'

class Recorder {
  stopped = 0

  stop(): void {
    this.stopped++
  }
}

it('a monitor is shared, stops with the last who gives it back, and is made anew after that', () => {
  const made: Recorder[] = []
  const shared = new SharedMonitor(() => {
    const recorder = new Recorder()
    made.push(recorder)
    return recorder
  })
  const first = shared.lease()
  const second = shared.lease()
  expect(second.monitor).toBe(first.monitor)
  first.release()
  first.release()
  expect(made.map((recorder) => recorder.stopped)).toEqual([0])
  second.release()
  expect(made.map((recorder) => recorder.stopped)).toEqual([1])
  shared.lease()
  expect(made.map((recorder) => recorder.stopped)).toEqual([1, 0])
})
