import type { DatabaseHandle } from './database/database.js'

declare global {
  namespace Express {
    interface Request {
      /** The database, for this request's queries: they are measured. */
      db: DatabaseHandle
      /** Who asks, when the request says so. */
      user?: { readonly id: string }
    }
  }
}
