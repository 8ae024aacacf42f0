import type { Check } from '../check.js'
import { alertRulesChecks } from './alert-rules.js'
import { alertingChecks } from './alerting.js'
import { configurationChecks } from './configuration.js'
import { dashboardsChecks } from './dashboards.js'
import { defaultsChecks } from './defaults.js'
import { exposureChecks } from './exposure.js'
import { keyMetricsChecks } from './key-metrics.js'
import { lintingChecks } from './lint.js'
import { queriesChecks } from './queries.js'
import { reachChecks } from './reach.js'
import { reviewChecks } from './review.js'
import { scrapingChecks } from './scraping.js'
import { serverChecks } from './server.js'
import { speedChecks } from './speed.js'
import { storageChecks } from './storage.js'
import { thresholdsChecks } from './thresholds.js'

/** Every check of every item. */
export const allChecks: readonly Check[] = [
  ...serverChecks,
  ...exposureChecks,
  ...reachChecks,
  ...defaultsChecks,
  ...configurationChecks,
  ...scrapingChecks,
  ...alertRulesChecks,
  ...keyMetricsChecks,
  ...alertingChecks,
  ...dashboardsChecks,
  ...queriesChecks,
  ...reviewChecks,
  ...thresholdsChecks,
  ...speedChecks,
  ...storageChecks,
  ...lintingChecks,
]
