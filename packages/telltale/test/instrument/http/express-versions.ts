import type { Express, IRouter, RequestHandler } from 'express'
import { ExpressRoutes } from '../../../src/instrument/http/express-route.js'
import { watchRequest } from '../../../src/instrument/http/request-watch.js'
import type { Records } from './watched-server.js'

/** What the three versions have in common, as far as the tests use it. */
export interface ExpressModule {
  (): Express
  Router(options?: { mergeParams?: boolean; caseSensitive?: boolean; strict?: boolean }): IRouter
  json(options?: { limit?: number }): RequestHandler
  static(root: string): RequestHandler
}

export interface ExpressVersion {
  readonly name: string
  readonly express: ExpressModule
  /** How this version writes a wildcard and an optional parameter. */
  readonly wildcard: string
  readonly optional: string
  readonly generation: 4 | 5
  /** Whether a mounting layer keeps the path it was registered with, or one it can be told from. */
  readonly keepsMountPath: boolean
}

async function load(name: string): Promise<ExpressModule> {
  // Each alias is a version of Express, whose module is its default export.
  const loaded = (await import(name)) as { default: ExpressModule }
  return loaded.default
}

export const expressVersions: readonly ExpressVersion[] = [
  {
    name: 'Express 4',
    express: await load('express4'),
    wildcard: '*',
    optional: '/:id?',
    generation: 4,
    keepsMountPath: true,
  },
  {
    name: 'Express 5.2 with router 2.2',
    express: await load('express52'),
    wildcard: '*rest',
    optional: '{/:id}',
    generation: 5,
    keepsMountPath: false,
  },
  {
    name: 'Express 5.3 with router 2.3',
    express: await load('express'),
    wildcard: '*rest',
    optional: '{/:id}',
    generation: 5,
    keepsMountPath: true,
  },
]

/** Watches requests as the library's middleware does. */
export function watching(records: Records, routes = new ExpressRoutes()): RequestHandler {
  return (req, res, next) => {
    routes.observe(req)
    watchRequest(req, res, { route: () => routes.routeOf(req) }, records.add)
    next()
  }
}
