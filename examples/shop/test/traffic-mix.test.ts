import { describe, expect, it } from 'vitest'
import { seededRandom } from '../src/random.js'
import { TrafficMix, type TrafficRequest } from '../src/traffic/mix.js'

/** What a shop that never fails would be asked. */
function requests(seed: number, count: number): TrafficRequest[] {
  const mix = new TrafficMix(seededRandom(seed), 'run')
  let id = 0
  return Array.from({ length: count }, () => {
    const request = mix.next()
    if (request.kind === 'register' || request.kind === 'order') mix.learn(request.kind, ++id)
    return request
  })
}

describe('the traffic', () => {
  it('is the same for the same seed', () => {
    expect(requests(42, 2000)).toEqual(requests(42, 2000))
  })

  it('is another one for another seed', () => {
    expect(requests(1, 50)).not.toEqual(requests(2, 50))
  })

  it('has everything that visitors do, in its share', () => {
    const counts = new Map<string, number>()
    for (const { kind } of requests(3, 10_000)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    expect(counts.get('browse users')).toBeGreaterThan(2700)
    expect(counts.get('order')).toBeGreaterThan(1300)
    expect(counts.get('order')).toBeLessThan(1700)
    for (const rare of ['bad input', 'unknown path', 'aborted upload']) {
      expect(counts.get(rare)).toBeGreaterThan(50)
      expect(counts.get(rare)).toBeLessThan(200)
    }
  })

  it('begins with a registration when somebody wants to order', () => {
    const mix = new TrafficMix(seededRandom(5), 'run')
    const kinds = new Set(Array.from({ length: 500 }, () => mix.next().kind))
    expect(kinds).toContain('register')
    expect(kinds).not.toContain('order')
    expect(kinds).not.toContain('open user')
  })

  it('comes from addresses that belong to nobody, each far below the shop’s limit', () => {
    const perAddress = new Map<string, number>()
    for (const { headers } of requests(6, 5_000)) {
      const address = headers['x-forwarded-for']!
      expect(address).toMatch(/^198\.(18|19)\.\d+\.\d+$/)
      perAddress.set(address, (perAddress.get(address) ?? 0) + 1)
    }
    expect(Math.max(...perAddress.values())).toBeLessThan(100)
  })

  it('registers every address once, in this run and the next', () => {
    const emails = (run: string) => {
      const mix = new TrafficMix(seededRandom(8), run)
      const bodies = Array.from({ length: 500 }, () => mix.next()).filter(({ kind }) => kind === 'register')
      return bodies.map(({ body }) => JSON.parse(body!).email)
    }
    const all = [...emails('a'), ...emails('b')]
    expect(new Set(all).size).toBe(all.length)
  })
})
