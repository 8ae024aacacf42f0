import { type Advice, type Saving, sumOf } from '../advice/advice.js'
import { type ConfigurationPatch, patchConfiguration } from './configuration-patch.js'
import { dropRules } from './drop-rules.js'

/** The change of one prometheus.yml, and exactly what it saves. */
export interface PlannedChange {
  readonly patch: ConfigurationPatch
  readonly saving: Saving
  /** Scrape jobs with something to drop that are not in this file: what they bring stays everywhere. */
  readonly absent: readonly string[]
}

/** Works out what of the advice can be written into a prometheus.yml. Throws TELLTALE_DEPLOY for what is none. */
export function planChange(before: string, name: string, advice: readonly Advice[]): PlannedChange {
  const certain = certainOf(advice)
  const { absent } = patchConfiguration(before, name, dropRules(certain))
  // Half of what a metric brings would be a saving that nobody could foretell.
  const whole = certain.filter(
    ({ drops }) => !drops.some(({ pools }) => pools.some((pool) => absent.includes(pool))),
  )
  const patch = patchConfiguration(before, name, dropRules(whole))
  return { patch, saving: sumOf(whole.map(({ saving }) => saving)), absent }
}

/** The advice that may be written. */
export function certainOf(advice: readonly Advice[]): readonly Advice[] {
  return advice.filter(({ drops }) => drops.length > 0)
}
