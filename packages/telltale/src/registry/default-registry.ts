import { defaultHome, installDefaultHome } from '../metrics/home.js'
import { Registry } from './registry.js'

installDefaultHome(() => new Registry())

/**
 * The registry of the process, where every metric goes that names no other. There is one, however often and in
 * whichever form (ESM, CommonJS, bundles) the package is loaded.
 */
export function defaultRegistry(): Registry {
  return defaultHome() as Registry
}
