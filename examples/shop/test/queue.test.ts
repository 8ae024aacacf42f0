import { afterEach, describe, expect, it, vi } from 'vitest'
import { MemoryQueue } from '../src/queue/memory.js'

let queue: MemoryQueue<string>

afterEach(() => queue.close(0))

/** Jobs that are done when the test says so. */
function gate(): { done: string[]; open: () => void; process: (job: string) => Promise<void> } {
  const done: string[] = []
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return {
    done,
    open: () => open(),
    process: async (job) => {
      await opened
      done.push(job)
    },
  }
}

describe('the queue in this process', () => {
  it('does high priority first, and tells how many jobs wait', async () => {
    const { done, open, process } = gate()
    queue = new MemoryQueue(process)
    for (const job of ['1', '2', '3', '4']) await queue.add(job, 'normal') // as many as are done at once
    await queue.add('later', 'normal')
    await queue.add('soon', 'high')
    expect(await queue.sizes()).toEqual({ high: 1, normal: 1 })
    open()
    await vi.waitFor(() => expect(done).toHaveLength(6))
    expect(done.slice(4)).toEqual(['soon', 'later'])
    expect(await queue.sizes()).toEqual({ high: 0, normal: 0 })
  })

  it('tries a job that fails three times, and goes on with the next', async () => {
    let attempts = 0
    const done: string[] = []
    queue = new MemoryQueue(async (job) => {
      if (job === 'bad') {
        attempts += 1
        throw new Error('no')
      }
      done.push(job)
    })
    await queue.add('bad', 'high')
    await queue.add('good', 'normal')
    await vi.waitFor(() => expect([attempts, done]).toEqual([3, ['good']]), { timeout: 5_000 })
  })

  it('finishes on close what there is time for, and takes nothing more', async () => {
    const { done, open, process } = gate()
    queue = new MemoryQueue(process)
    for (let job = 0; job < 10; job++) await queue.add(String(job), 'normal')
    const closed = queue.close(5_000)
    await expect(queue.add('late', 'high')).rejects.toMatchObject({
      name: 'QueueUnavailableError',
      statusCode: 503,
    })
    open()
    await closed
    expect(done).toHaveLength(10)
  })

  it('does not wait longer than it is given', async () => {
    queue = new MemoryQueue(gate().process)
    await queue.add('endless', 'normal')
    const begin = performance.now()
    await queue.close(50)
    expect(performance.now() - begin).toBeLessThan(1_000)
  })
})
