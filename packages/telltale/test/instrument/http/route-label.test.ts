import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { RouteLabels } from '../../../src/instrument/http/route-label.js'

const req = new IncomingMessage(new Socket())
const res = new ServerResponse(req)

describe('the route label', () => {
  it("is the user's when the user names the route", () => {
    const warnings: string[] = []
    const labels = new RouteLabels({
      route: (_req, _res, route) => `v1 ${route}`,
      warn: (m) => warnings.push(m),
    })
    expect(labels.labelFor(req, res, '/users/:id')).toBe('v1 /users/:id')
    expect(warnings).toEqual([])
  })

  it.each([
    ['undefined', () => undefined],
    ['an object', () => ({ path: '/x' })],
    ['an empty text', () => ''],
    ['a number', () => 7],
  ])("is the framework's when the user's function returns %s, with one warning", (_name, route) => {
    const warnings: string[] = []
    // What a program without types can pass.
    const labels = new RouteLabels({ route: route as () => string, warn: (m) => warnings.push(m) })
    expect([1, 2, 3].map(() => labels.labelFor(req, res, '/users/:id'))).toEqual(Array(3).fill('/users/:id'))
    expect(warnings).toHaveLength(1)
  })

  it("is the framework's when the user's function throws, whatever it throws, with one warning", () => {
    const warnings: string[] = []
    const errors: unknown[] = [
      new Error('oops'),
      null,
      Object.create(Error.prototype, { name: { value: Symbol() } }),
    ]
    const labels = new RouteLabels({
      route: () => {
        throw errors.shift()
      },
      warn: (m) => warnings.push(m),
    })
    expect([1, 2, 3].map(() => labels.labelFor(req, res, '/x'))).toEqual(['/x', '/x', '/x'])
    expect(warnings).toEqual(["route threw Error: oops: the framework's route is used"])
  })

  it('is cut at 200 characters, never through a character', () => {
    const warnings: string[] = []
    const labels = new RouteLabels({ warn: (m) => warnings.push(m) })
    expect(labels.labelFor(req, res, 'x'.repeat(5000))).toBe('x'.repeat(200))
    expect(labels.labelFor(req, res, `${'x'.repeat(199)}😀`)).toBe('x'.repeat(199))
    expect(warnings).toHaveLength(1)
  })

  it('is other beyond the limit, while known routes and unmatched requests keep theirs', () => {
    const warnings: string[] = []
    const labels = new RouteLabels({ limit: 2, warn: (m) => warnings.push(m) })
    const routes = ['/a', '/b', '/c', '/d', '/a', 'unmatched']
    expect(routes.map((route) => labels.labelFor(req, res, route))).toEqual([
      '/a',
      '/b',
      'other',
      'other',
      '/a',
      'unmatched',
    ])
    expect(labels.overflows).toBe(2)
    expect(warnings).toHaveLength(1)
  })

  it('has room for 1000 routes by default', () => {
    const labels = new RouteLabels({ warn: () => {} })
    const seen = new Set(Array.from({ length: 1500 }, (_, at) => labels.labelFor(req, res, `/r${at}`)))
    expect(seen.size).toBe(1001)
  })

  it('does not depend on a logger that works', () => {
    const labels = new RouteLabels({
      limit: 0,
      warn: () => {
        throw new Error('disk full')
      },
    })
    expect(labels.labelFor(req, res, '/a')).toBe('other')
  })
})

describe('ignoring a request', () => {
  it('leaves out what the user says, and nothing by default', () => {
    const warn = (): void => {}
    expect(new RouteLabels({ warn }).ignores(req)).toBe(false)
    expect(new RouteLabels({ ignore: (r) => r === req, warn }).ignores(req)).toBe(true)
  })

  it('records the request, with one warning, when the function throws or returns no boolean', () => {
    const warnings: string[] = []
    const answers: (() => unknown)[] = [() => undefined, () => 'yes', () => ({})]
    const ignore = (): boolean => {
      const next = answers.shift()
      if (next === undefined) throw new Error('oops')
      // What a program without types can return.
      return next() as boolean
    }
    const labels = new RouteLabels({ ignore, warn: (m) => warnings.push(m) })
    expect([1, 2, 3, 4, 5].map(() => labels.ignores(req))).toEqual([false, false, false, false, false])
    expect(warnings).toEqual([
      'ignore returned undefined, expected a boolean: request recorded',
      'ignore threw Error: oops: request recorded',
    ])
  })
})
