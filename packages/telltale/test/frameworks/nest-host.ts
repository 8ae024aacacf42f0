import 'reflect-metadata'
import {
  All,
  Controller,
  ForbiddenException,
  Get,
  type INestApplication,
  type MiddlewareConsumer,
  Module,
  Post,
  Req,
  RequestMethod,
  StreamableFile,
  UseGuards,
  VersioningType,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { HTTPMetricsOptions } from '../../src/http.js'
import { httpMetrics } from '../../src/nest.js'
import type { Answer, Host, Running } from './contract.js'

/** The application of the contract in NestJS, with a global prefix and a version in the path. */
export const nestHosts: readonly Host[] = [
  {
    name: 'NestJS 11 on Express',
    base: '/api/v1',
    deviations: {
      ...deviations('{/:id}', '*rest'),
      // NestJS reads bodies before Express chooses a route.
      'a body that is no JSON has the pattern': { counted: ['POST unmatched 400'] },
    },
    serve: (options, life) => serve(new ExpressAdapter(), options, life),
  },
  {
    name: 'NestJS 11 on Fastify',
    base: '/api/v1',
    deviations: deviations('/:id?', '*'),
    serve: (options, life) => serve(new FastifyAdapter(), options, life),
  },
]

function deviations(optional: string, wildcard: string): Host['deviations'] {
  return {
    'a wildcard that answers is its pattern': { counted: [`GET /fall/${wildcard} 200`] },
    'an optional parameter is the literal pattern': { counted: [`GET /opt${optional} 200`] },
    'a regular expression is its text': { leftOut: 'Paths of NestJS are texts.' },
    'a level that is mounted on / adds nothing': {
      leftOut: 'NestJS joins the paths of modules itself, before its platform sees them.',
    },
    'a mounted foreign application has the prefix or one constant': {
      leftOut: 'NestJS mounts no applications.',
    },
    'a request that a handler passed on keeps its pattern': {
      leftOut: 'A handler of NestJS cannot pass on.',
    },
  }
}

type Adapter = ExpressAdapter | FastifyAdapter

async function serve(adapter: Adapter, options: HTTPMetricsOptions, life: Answer): Promise<Running> {
  const onFastify = adapter instanceof FastifyAdapter
  const app: INestApplication = await NestFactory.create(module(life, onFastify), adapter, { logger: false })
  httpMetrics(app, options)
  app.setGlobalPrefix('api')
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' })
  await app.listen(0, '127.0.0.1')
  return {
    port: Number(new URL(await app.getUrl()).port),
    async stop() {
      app.getHttpServer().closeAllConnections()
      await app.close()
    },
  }
}

/** A decorator is a function: this is what a compiler makes of `@Get() method() {}`. */
function decorated(
  controller: { prototype: object },
  method: string,
  ...decorators: MethodDecorator[]
): void {
  const descriptor = Object.getOwnPropertyDescriptor(controller.prototype, method)!
  for (const decorator of decorators) decorator(controller.prototype, method, descriptor)
}

function module(life: Answer, onFastify: boolean): { new (): object } {
  class Users {
    one() {
      return 'ok'
    }
  }
  decorated(Users, 'one', Get(['users/:id', 'one/:i', 'two/:i', `fall/${onFastify ? '*' : '*rest'}`]))
  class Others {
    optional() {
      return 'ok'
    }
    every() {
      return 'ok'
    }
    guarded() {
      return 'ok'
    }
    json() {
      return 'ok'
    }
    async life(request: { url: string }) {
      const answer = await life(request.url)
      return typeof answer === 'string' ? answer : new StreamableFile(answer)
    }
  }
  decorated(Others, 'optional', Get(onFastify ? 'opt/:id?' : 'opt{/:id}'))
  decorated(Others, 'every', All('every/:id'))
  const guard = {
    canActivate() {
      throw new ForbiddenException()
    },
  }
  decorated(Others, 'guarded', Get('guarded/:id'), UseGuards(guard))
  decorated(Others, 'json', Post('json/:id'))
  decorated(Others, 'life', All('life/:case'))
  Req()(Others.prototype, 'life', 0)
  class Orgs {
    items() {
      return 'ok'
    }
    throws() {
      throw new Error('on purpose')
    }
    rejects() {
      return Promise.reject(new Error('on purpose'))
    }
  }
  for (const name of ['items', 'throws', 'rejects']) decorated(Orgs, name, Get(`${name}/:id`))
  class Shared {
    x() {
      return 'ok'
    }
  }
  decorated(Shared, 'x', Get('x/:id'))
  Controller()(Users)
  Controller()(Others)
  Controller('orgs/:org')(Orgs)
  Controller(['first/:a', 'second'])(Shared)
  class Application {
    configure(consumer: MiddlewareConsumer) {
      const pass = (_req: unknown, _res: unknown, next: () => void) => next()
      consumer.apply(pass).forRoutes('*path', { path: '*path', method: RequestMethod.ALL })
    }
  }
  Module({ controllers: [Users, Others, Orgs, Shared] })(Application)
  return Application
}
