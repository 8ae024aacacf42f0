import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { RunningShop } from './running-shop.js'

let shop: RunningShop

beforeAll(async () => {
  shop = await RunningShop.start({ LOG_REQUESTS: 'on' })
  await shop.shop.ready()
}, 60_000)

afterAll(() => shop.shop.stop())

const newUser = (name: string) => ({ name, email: `${name}@example.com` })

async function register(name: string): Promise<number> {
  const { status, body } = await shop.post('/api/users', newUser(name))
  expect(status).toBe(201)
  return body.id
}

/** Payments are declined now and then; a customer tries again. */
async function order(input: object) {
  for (;;) {
    const answer = await shop.post('/api/orders', input)
    if (answer.status !== 402) return answer
  }
}

describe('GET /health', () => {
  it('is ok while the database answers', async () => {
    const { status, body } = await shop.get('/health')
    expect(status).toBe(200)
    expect(body).toEqual({
      status: 'ok',
      database: 'up',
      timestamp: expect.stringMatching(/^\d{4}-/),
      uptime: expect.any(Number),
    })
  })
})

describe('users', () => {
  it('are created, found and listed, the newest first', async () => {
    const created = await shop.post('/api/users', newUser('mina'))
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject(newUser('mina'))
    expect(created.headers.location).toBe(`/api/users/${created.body.id}`)
    const later = await register('joon')

    expect((await shop.get(`/api/users/${created.body.id}`)).body).toEqual(created.body)
    const list = (await shop.get('/api/users?limit=2')).body
    expect(list.map((user: { id: number }) => user.id)).toEqual([later, created.body.id])
    const before = (await shop.get(`/api/users?limit=1&before=${later}`)).body
    expect(before).toEqual([created.body])
  })

  it('are the same from the cache', async () => {
    const id = await register('sora')
    const first = await shop.get(`/api/users/${id}`)
    const second = await shop.get(`/api/users/${id}`)
    expect(second.body).toEqual(first.body)
    expect(second.headers['content-type']).toBe(first.headers['content-type'])
  })

  it('keep text as it is, quotes, newlines and half characters included', async () => {
    const name = `O'Brien "Bob"\n한국 😀`
    const { status, body } = await shop.post('/api/users', { name, email: 'quotes@example.com' })
    expect([status, body.name]).toEqual([201, name])
    expect((await shop.post('/api/users', { name: '\ud800x', email: 'half@example.com' })).status).toBe(201)
  })

  it('can have an address once', async () => {
    await register('once')
    const { status, body } = await shop.post('/api/users', newUser('once'))
    expect([status, body.error]).toEqual([409, 'A user with this email exists already'])
  })

  it.each([
    ['nothing', {}, ['name', 'email']],
    ['an empty name', { name: ' ', email: 'a@example.com' }, ['name']],
    ['a long name', { name: 'x'.repeat(101), email: 'a@example.com' }, ['name']],
    ['a NUL in the name', { name: 'a\0b', email: 'a@example.com' }, ['name']],
    ['no address', { name: 'a', email: 'nobody' }, ['email']],
    ['an unknown source', { name: 'a', email: 'a@example.com', source: 'fax' }, ['source']],
    ['a list', [], ['']],
  ])('are not made from %s', async (_case, input, paths) => {
    const { status, body } = await shop.post('/api/users', input)
    expect(status).toBe(400)
    expect(body.error).toBe('The request is not valid')
    expect(body.details.map((detail: { path: string }) => detail.path)).toEqual(paths)
  })

  it.each([
    '/api/users/0',
    '/api/users/x',
    '/api/users/2147483648',
    '/api/users?limit=0',
    '/api/users?limit=101',
  ])('%s is not valid', async (path) => {
    expect((await shop.get(path)).status).toBe(400)
  })

  it('that are not there are a 404', async () => {
    const { status, body } = await shop.get('/api/users/2147483647')
    expect([status, body]).toEqual([404, { error: 'There is no user 2147483647' }])
  })
})

describe('orders', () => {
  it('are paid, found, listed and fulfilled', async () => {
    const userId = await register('buyer')
    const { status, body } = await order({ userId, product: 'kettle', quantity: 2, source: 'web' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      userId,
      product: 'kettle',
      quantity: 2,
      totalCents: 10_800,
      currency: 'USD',
      state: 'paid',
    })
    expect((await shop.get('/api/orders?limit=1')).body[0].id).toBe(body.id)
    await vi.waitFor(
      async () => expect((await shop.get(`/api/orders/${body.id}`)).body.state).toBe('fulfilled'),
      { timeout: 10_000 },
    )
  })

  it.each([
    ['an unknown user', { userId: 2147483647, product: 'tea' }, 'userId'],
    ['an unknown product', { userId: 1, product: 'car' }, 'product'],
    ['no quantity to speak of', { userId: 1, product: 'tea', quantity: 0 }, 'quantity'],
    ['half a thing', { userId: 1, product: 'tea', quantity: 1.5 }, 'quantity'],
  ])('are not taken for %s', async (_case, input, path) => {
    const { status, body } = await shop.post('/api/orders', input)
    expect([status, body.details?.[0].path]).toEqual([400, path])
  })

  it('that are not there are a 404', async () => {
    expect((await shop.get('/api/orders/2147483647')).status).toBe(404)
  })
})

describe('what is no request', () => {
  it('is a 404 in JSON', async () => {
    for (const path of ['/', '/nowhere', '/api', '/api/carts', '/faults', '/wp-login.php']) {
      const { status, body } = await shop.get(path)
      expect([path, status, body]).toEqual([path, 404, { error: 'Not found' }])
    }
  })

  it('is told when its JSON is broken or too large', async () => {
    expect((await shop.post('/api/users', '{"name":')).status).toBe(400)
    expect((await shop.post('/api/users', { name: 'x'.repeat(200_000) })).status).toBe(413)
  })

  it('shows no stack', async () => {
    const { status, body } = await shop.get('/api/users/%E0%A4%A')
    expect(status).toBe(400)
    expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts/)
  })
})

describe('every answer', () => {
  it('has the headers of helmet and cors', async () => {
    const { headers } = await shop.get('/health')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers['x-powered-by']).toBeUndefined()
  })

  it('is one line in the log when that is wanted', async () => {
    await shop.get('/health?secret=1')
    await vi.waitFor(() => expect(shop.lines.join('\n')).toMatch(/^GET \/health 200 [\d.]+ ms$/m))
    expect(shop.lines.join('\n')).not.toContain('secret')
  })
})
