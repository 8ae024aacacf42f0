import type { Host } from './contract.js'
import { expressHosts } from './express-host.js'
import { fastifyHosts } from './fastify-host.js'
import { honoHost } from './hono-host.js'
import { koaHost } from './koa-host.js'
import { nestHosts } from './nest-host.js'
import { plainHost } from './plain-host.js'

/** Everything that keeps the contract. */
export const hosts: readonly Host[] = [
  ...expressHosts,
  ...fastifyHosts,
  koaHost,
  honoHost,
  ...nestHosts,
  plainHost,
]
