import { Router } from '@koa/router'
import Koa from 'koa'
import mount from 'koa-mount'
import { httpMetrics } from '../../src/koa.js'
import type { Answer, Host } from './contract.js'
import { listen } from './express-host.js'

/** The application of the contract in Koa. */
export const koaHost: Host = {
  name: 'Koa with @koa/router and koa-mount',
  base: '',
  deviations: {
    'a wildcard that answers is its pattern': { counted: ['GET /fall/*rest 200'] },
    'an optional parameter is the literal pattern': { counted: ['GET /opt{/:id} 200'] },
    'a method that the path does not have is unmatched': { counted: ['DELETE unmatched 405'] },
    'an uncommon method is OTHER': { counted: ['OTHER unmatched 501'] },
    'OPTIONS without a handler is one series': { counted: ['OPTIONS unmatched 200'] },
    'a path that cannot be decoded is unmatched': { counted: ['GET /users/:id 200'] },
    'a body that is no JSON has the pattern': {
      leftOut: 'Koa reads no bodies: what a parser throws is what any handler throws.',
    },
  },
  serve: (options, life) => {
    const app = new Koa()
    app.silent = true
    app.use(httpMetrics(options))
    app.use((_ctx, next) => next())
    for (const routes of [foreign(), application(life)]) app.use(routes)
    return listen(app.callback())
  },
}

const ok: Koa.Middleware = (ctx) => {
  ctx.body = 'ok'
}

/** Mounted two deep, one of them passed on to where nothing answers. */
function foreign(): Koa.Middleware {
  const inner = new Koa()
  inner.use(mount('/nothing', (_ctx, next) => next()))
  inner.use(new Router().get('/:id', ok).routes())
  const outer = new Koa()
  outer.use(mount('/deep', inner))
  return mount('/foreign', outer)
}

function application(life: Answer): Koa.Middleware {
  const router = new Router()
  router.get('/users/:id', ok)
  const org = new Router()
  org.use((_ctx, next) => next())
  org.get('/items/:id', (_ctx, next) => next(), ok)
  org.get('/throws/:id', () => {
    throw new Error('on purpose')
  })
  org.get('/rejects/:id', () => Promise.reject(new Error('on purpose')))
  router.use('/orgs/:org', org.routes())
  const level = new Router().get('/b/:c', ok)
  router.use('/a', new Router().use(level.routes()).routes())
  const shared = new Router().get('/x/:id', ok)
  router.use('/first/:a', shared.routes())
  router.use('/second', shared.routes())
  router.get(['/one/:i', '/two/:i'], ok)
  router.get(/^\/fly\d+$/, ok)
  router.get('/fall/*rest', ok)
  router.get('/opt{/:id}', ok)
  router.all('/every/:id', ok)
  router.get('/guarded/:id', (ctx) => ctx.throw(403), ok)
  router.get('/passes/:id', (_ctx, next) => next())
  router.all('/life/:case', async (ctx) => {
    ctx.body = await life(ctx.url)
  })
  const [routes, methods] = [router.routes(), router.allowedMethods()]
  return (ctx, next) => routes(ctx as never, () => methods(ctx as never, next))
}
