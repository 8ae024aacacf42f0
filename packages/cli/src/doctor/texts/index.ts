import { alertRules } from './alert-rules.js'
import { alerting } from './alerting.js'
import { configuration } from './configuration.js'
import { dashboards } from './dashboards.js'
import { defaults } from './defaults.js'
import { exposure } from './exposure.js'
import { keyMetrics } from './key-metrics.js'
import { queries } from './queries.js'
import { reach } from './reach.js'
import { review } from './review.js'
import { scraping } from './scraping.js'
import { server } from './server.js'
import { speed } from './speed.js'
import { storage } from './storage.js'
import { thresholds } from './thresholds.js'

/** The ids of the findings that only doctor has, in the order of the checklist. */
export const doctorIds: readonly string[] = [
  server,
  exposure,
  reach,
  defaults,
  configuration,
  scraping,
  alertRules,
  keyMetrics,
  alerting,
  dashboards,
  queries,
  review,
  thresholds,
  speed,
  storage,
].flatMap(({ ids }) => ids)
