import { defaultHome, installDefaultHome } from '../metrics/home.js'
import { openTelemetryExemplars } from './open-telemetry-exemplars.js'
import { Registry } from './registry.js'

installDefaultHome(() => new Registry({ exemplars: openTelemetryExemplars }))

/**
 * The registry of the process, where every metric goes that names no other. There is one, however often and in
 * whichever form (ESM, CommonJS, bundles) the package is loaded. Its exemplars are the active OpenTelemetry spans.
 */
export function defaultRegistry(): Registry {
  return defaultHome() as Registry
}
