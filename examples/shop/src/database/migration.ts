import type { DatabaseHandle } from './database.js'

const STATEMENTS = [
  `CREATE TABLE IF NOT EXISTS users (
     id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     name text NOT NULL,
     email text NOT NULL UNIQUE,
     created_at timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE TABLE IF NOT EXISTS orders (
     id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     user_id integer NOT NULL REFERENCES users (id),
     product text NOT NULL,
     quantity integer NOT NULL,
     total_cents integer NOT NULL,
     currency text NOT NULL,
     state text NOT NULL,
     payment_id text,
     created_at timestamptz NOT NULL DEFAULT now()
   )`,
  "CREATE INDEX IF NOT EXISTS orders_to_fulfil ON orders (id) WHERE state = 'paid'",
]

/** Creates what is missing, and nothing else: it can run as often as one likes. */
export async function migrate(database: DatabaseHandle): Promise<void> {
  for (const statement of STATEMENTS) await database.query(statement)
}
