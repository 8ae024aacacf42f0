import type { PackageManifest } from './package-manifest.js'

/** The web frameworks that are known, and plain `node:http`. */
export type FrameworkName = 'express' | 'nest' | 'fastify' | 'koa' | 'hono' | 'http'

/** What answers the requests of a project. */
export interface Framework {
  readonly name: FrameworkName
  /** As it is shown: `Express 5`. */
  readonly title: string
  /** What finds out the route of a request. */
  readonly routes: 'express' | 'fastify' | 'koa' | 'hono' | 'none'
}

/** A framework of a project; one that is built on another stands before it. */
const known: readonly {
  readonly name: FrameworkName
  readonly packages: readonly string[]
  readonly title: string
}[] = [
  { name: 'nest', packages: ['@nestjs/core'], title: 'NestJS' },
  { name: 'fastify', packages: ['fastify'], title: 'Fastify' },
  { name: 'express', packages: ['express'], title: 'Express' },
  { name: 'koa', packages: ['koa'], title: 'Koa' },
  { name: 'hono', packages: ['hono'], title: 'Hono' },
]

/** Others that people use: named, so that nobody wonders. */
const unsupported = [
  '@hapi/hapi',
  'restify',
  'polka',
  'h3',
  'next',
  'nuxt',
  '@adonisjs/core',
  'elysia',
  'sails',
]

/** The framework of a project; plain `node:http` when it has none that is known. */
export function frameworkOf({ dependencies }: PackageManifest): Framework {
  const found = known.find(({ packages }) => packages.some((name) => Object.hasOwn(dependencies, name)))
  if (found === undefined) return { name: 'http', title: 'node:http', routes: 'none' }
  const major = majorOf(dependencies[found.packages[0]!]!)
  const title = major === undefined ? found.title : `${found.title} ${major}`
  if (found.name === 'nest') {
    const onFastify = Object.hasOwn(dependencies, '@nestjs/platform-fastify')
    return { name: 'nest', title, routes: onFastify ? 'fastify' : 'express' }
  }
  return { name: found.name, title, routes: found.name === 'http' ? 'none' : found.name }
}

/** A framework in the dependencies that is not known here. */
export function unknownFramework({ dependencies }: PackageManifest): string | undefined {
  return unsupported.find((name) => Object.hasOwn(dependencies, name))
}

/** The major version that a range begins with: 4 for `^4.22.0` and `npm:express@^4.22.0`. */
function majorOf(range: string): number | undefined {
  const [, major] = /(?:^|[@^~>=v\s])(\d+)(?:\.|$|\s|-)/.exec(range) ?? []
  return major === undefined ? undefined : Number(major)
}
