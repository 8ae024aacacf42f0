import { type DatabaseHandle, sqlState } from '../database/database.js'
import { HttpError } from '../http-error.js'
import type { Page } from '../input.js'

export interface User {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly createdAt: Date
}

const COLUMNS = 'id, name, email, created_at AS "createdAt"'
const UNIQUE_VIOLATION = '23505'

export class UserRepository {
  readonly #db: DatabaseHandle

  constructor(db: DatabaseHandle) {
    this.#db = db
  }

  /** The newest first. */
  async list({ limit, before }: Page): Promise<User[]> {
    const { rows } = await this.#db.query<User>(
      `SELECT ${COLUMNS} FROM users WHERE $2::integer IS NULL OR id < $2 ORDER BY id DESC LIMIT $1`,
      [limit, before ?? null],
    )
    return rows
  }

  async find(id: number): Promise<User | undefined> {
    const { rows } = await this.#db.query<User>(`SELECT ${COLUMNS} FROM users WHERE id = $1`, [id])
    return rows[0]
  }

  /** Throws a 409 when the address is taken. */
  async create(name: string, email: string): Promise<User> {
    try {
      const sql = `INSERT INTO users (name, email) VALUES ($1, $2) RETURNING ${COLUMNS}`
      const { rows } = await this.#db.query<User>(sql, [name, email])
      return rows[0]!
    } catch (error) {
      if (sqlState(error) !== UNIQUE_VIOLATION) throw error
      throw new HttpError(409, 'ConflictError', 'A user with this email exists already', { cause: error })
    }
  }
}
