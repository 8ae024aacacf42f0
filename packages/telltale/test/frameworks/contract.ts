import type { Readable } from 'node:stream'
import type { HTTPMetricsOptions } from '../../src/http.js'

/** What a handler answers, which each framework sends in its own way: a text, a stream, or nothing ever. */
export type Answer = (url: string) => Promise<string | Readable>

/** An application that listens. */
export interface Running {
  readonly port: number
  stop(): Promise<void>
}

/** Names of the cases of the contract. */
export type CaseName = keyof typeof cases

/** A request, and how it is counted. */
export interface Case {
  readonly requests: readonly string[]
  readonly method?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Lines as `GET /users/:id 200`, without doubles, in the order of the requests. */
  readonly counted: readonly string[]
}

/** Why a framework cannot have a case, or in what it differs. */
export type Deviation = { readonly leftOut: string } | Partial<Case>

/** A framework with the application of the contract. */
export interface Host {
  readonly name: string
  /** What stands before all paths. */
  readonly base: string
  readonly deviations: Readonly<Partial<Record<CaseName, Deviation>>>
  /** Where a response whose source failed is ended as if it were whole. */
  readonly endsBroken?: string
  /** The application on a free port; `/life/:case` answers what `life` says. */
  serve(options: HTTPMetricsOptions, life: Answer): Promise<Running>
}

const plain = (...requests: string[]) => ({ requests })

/** Requests to the application that every host serves. */
export const cases = {
  'all values of a parameter are one series': {
    ...plain('/users/alice', '/users/bob'),
    counted: ['GET /users/:id 200'],
  },
  'a query is no part of the route': {
    ...plain('/users/alice?token=secret', '/users?id=1'),
    counted: ['GET /users/:id 200', 'GET unmatched 404'],
  },
  'what is mounted on a path with a parameter has the whole pattern': {
    ...plain('/orgs/7/items/1', '/orgs/acme/items/2'),
    counted: ['GET /orgs/:org/items/:id 200'],
  },
  'a level that is mounted on / adds nothing': { ...plain('/a/b/1'), counted: ['GET /a/b/:c 200'] },
  'what is mounted twice shows the place of each request': {
    ...plain('/first/9/x/1', '/second/x/1'),
    counted: ['GET /first/:a/x/:id 200', 'GET /second/x/:id 200'],
  },
  'of several paths it is the one that matched': {
    ...plain('/one/1', '/two/1'),
    counted: ['GET /one/:i 200', 'GET /two/:i 200'],
  },
  'a regular expression is its text': {
    ...plain('/fly1', '/fly22'),
    counted: ['GET /^\\/fly\\d+$/ 200'],
  },
  'a wildcard that answers is its pattern': {
    ...plain('/fall/a/b', '/fall/c'),
    counted: ['GET /fall/* 200'],
  },
  'an optional parameter is the literal pattern': {
    ...plain('/opt', '/opt/1'),
    counted: ['GET /opt/:id? 200'],
  },
  'a route for all methods is its pattern': { ...plain('/every/1'), counted: ['GET /every/:id 200'] },
  'a mounted foreign application has the prefix or one constant': {
    ...plain('/foreign/deep/1', '/foreign/deep/2'),
    counted: ['GET /foreign/deep/:id 200'],
  },
  'other spellings of a path are the same series or unmatched': {
    ...plain('/users/%41%2F', '/users/caf%C3%A9', `/users/${'x'.repeat(90)}`),
    counted: ['GET /users/:id 200'],
  },
  'many unknown paths are one series': {
    ...plain('/wp-login.php', '/.env', '/users', '/orgs/7/secret'),
    counted: ['GET unmatched 404'],
  },
  'a method that the path does not have is unmatched': {
    ...plain('/users/1'),
    method: 'DELETE',
    counted: ['DELETE unmatched 404'],
  },
  'OPTIONS without a handler is one series': {
    ...plain('/users/1', '/users/2'),
    method: 'OPTIONS',
    counted: ['OPTIONS unmatched 404'],
  },
  'HEAD has the route of GET': {
    ...plain('/users/1'),
    method: 'HEAD',
    counted: ['HEAD /users/:id 200'],
  },
  'an uncommon method is OTHER': {
    ...plain('/users/1'),
    method: 'PROPFIND',
    counted: ['OTHER unmatched 404'],
  },
  'a handler that throws has the whole pattern': {
    ...plain('/orgs/7/throws/1'),
    counted: ['GET /orgs/:org/throws/:id 500'],
  },
  'a handler that rejects has the whole pattern': {
    ...plain('/orgs/7/rejects/1'),
    counted: ['GET /orgs/:org/rejects/:id 500'],
  },
  'a refusal before a route is its pattern or unmatched': {
    ...plain('/guarded/1'),
    counted: ['GET /guarded/:id 403'],
  },
  'a request that a handler passed on keeps its pattern': {
    ...plain('/passes/1'),
    counted: ['GET /passes/:id 404'],
  },
  'a body that is no JSON has the pattern': {
    ...plain('/json/1'),
    method: 'POST',
    body: '{',
    headers: { 'content-type': 'application/json' },
    counted: ['POST /json/:id 400'],
  },
  'a path that cannot be decoded is unmatched': {
    ...plain('/users/%E0%A4%A'),
    counted: ['GET unmatched 400'],
  },
} satisfies Readonly<Record<string, Case>>
