import type { DatabaseSettings } from '../settings/settings.js'
import type { Database } from './database.js'
import { EmbeddedDatabase } from './embedded.js'
import { PooledDatabase } from './pool.js'

/** The database that the settings name. Nothing is awaited: it may be down, or still loading. */
export function openDatabase(settings: DatabaseSettings): Database {
  return settings.engine === 'postgres'
    ? new PooledDatabase(settings.url.href)
    : new EmbeddedDatabase(settings.folder)
}
