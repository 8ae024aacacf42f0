import { type DatabaseHandle, sqlState } from '../database/database.js'
import { validationError } from '../http-error.js'
import type { Page } from '../input.js'
import { CURRENCY, PRICES_IN_CENTS, type Product } from './catalogue.js'

export interface Order {
  readonly id: number
  readonly userId: number
  readonly product: string
  readonly quantity: number
  readonly totalCents: number
  readonly currency: string
  readonly state: 'pending' | 'paid' | 'declined' | 'fulfilled'
  readonly createdAt: Date
}

export interface NewOrder {
  readonly userId: number
  readonly product: Product
  readonly quantity: number
}

const COLUMNS = `id, user_id AS "userId", product, quantity, total_cents AS "totalCents", currency, state,
  created_at AS "createdAt"`
const FOREIGN_KEY_VIOLATION = '23503'

export class OrderRepository {
  readonly #db: DatabaseHandle

  constructor(db: DatabaseHandle) {
    this.#db = db
  }

  /** The newest first. */
  async list({ limit, before }: Page): Promise<Order[]> {
    const { rows } = await this.#db.query<Order>(
      `SELECT ${COLUMNS} FROM orders WHERE $2::integer IS NULL OR id < $2 ORDER BY id DESC LIMIT $1`,
      [limit, before ?? null],
    )
    return rows
  }

  async find(id: number): Promise<Order | undefined> {
    const { rows } = await this.#db.query<Order>(`SELECT ${COLUMNS} FROM orders WHERE id = $1`, [id])
    return rows[0]
  }

  /** A pending order. Throws a 400 when there is no such user. */
  async create({ userId, product, quantity }: NewOrder): Promise<Order> {
    const totalCents = PRICES_IN_CENTS[product] * quantity
    try {
      const { rows } = await this.#db.query<Order>(
        `INSERT INTO orders (user_id, product, quantity, total_cents, currency, state)
         VALUES ($1, $2, $3, $4, $5, 'pending') RETURNING ${COLUMNS}`,
        [userId, product, quantity, totalCents, CURRENCY],
      )
      return rows[0]!
    } catch (error) {
      if (sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error
      throw validationError([{ path: 'userId', message: `there is no user ${userId}` }])
    }
  }

  /** Paid orders that should have been fulfilled long ago, the oldest first. */
  async listOverdue(limit: number): Promise<Order[]> {
    const { rows } = await this.#db.query<Order>(
      `SELECT ${COLUMNS} FROM orders WHERE state = 'paid' AND created_at < now() - interval '1 minute'
       ORDER BY id LIMIT $1`,
      [limit],
    )
    return rows
  }

  async markPaid(id: number, paymentId: string): Promise<void> {
    await this.#db.query("UPDATE orders SET state = 'paid', payment_id = $2 WHERE id = $1", [id, paymentId])
  }

  async markDeclined(id: number): Promise<void> {
    await this.#db.query("UPDATE orders SET state = 'declined' WHERE id = $1", [id])
  }

  /** Does nothing to an order that is not paid, so that a job done twice fulfils once. */
  async markFulfilled(id: number): Promise<void> {
    await this.#db.query("UPDATE orders SET state = 'fulfilled' WHERE id = $1 AND state = 'paid'", [id])
  }
}
