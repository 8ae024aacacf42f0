import { TelltaleError } from '../model/error.js'
import { labelText } from '../model/label-text.js'
import { isLegacyName } from '../model/legacy-name.js'
import { shown } from '../model/metric-name.js'

/** Values that mean the same in every URL; a path of dots alone does not, because it goes up. */
const PLAIN = /^(?!\.+$)[\w.~-]+$/

/** The labels that a Pushgateway knows a group of metrics by: `job` first, then the others. */
export class Grouping {
  readonly #labels: ReadonlyMap<string, string>

  /** Copies the labels. Throws `TELLTALE_OPTION` for an empty job, and for names and values that no group can have. */
  constructor(job: unknown, labels: Readonly<Record<string, unknown>>) {
    const all = new Map([['job', checkJob(job)]])
    for (const [name, value] of Object.entries(labels)) all.set(checkName(name), checkValue(name, value))
    this.#labels = all
  }

  has(label: string): boolean {
    return this.#labels.has(label)
  }

  /** Where the group is below the address of the Pushgateway. */
  get path(): string {
    return `/metrics${[...this.#labels].map(([name, value]) => segments(name, value)).join('')}`
  }
}

function segments(name: string, value: string): string {
  if (PLAIN.test(value)) return `/${name}/${value}`
  // An empty segment would vanish; the padding alone stands for an empty value.
  return `/${name}@base64/${Buffer.from(value).toString('base64url') || '='}`
}

function checkJob(job: unknown): string {
  const text = typeof job === 'string' ? labelText(job) : undefined
  if (text) return text
  throw wrong(`job ${shown(job)}, expected a text that is not empty`)
}

function checkName(name: string): string {
  if (isLegacyName(name, 'label') && !name.startsWith('__') && name !== 'job') return name
  const expected =
    'letters, digits and "_", not starting with a digit or "__"; the job has an option of its own'
  throw wrong(`the grouping label ${shown(name)}, expected ${expected}`)
}

function checkValue(name: string, value: unknown): string {
  const text = labelText(value)
  if (text !== undefined) return text
  throw wrong(`${shown(value)} for the grouping label "${name}", expected a text, a number or a boolean`)
}

function wrong(got: string): TelltaleError {
  return new TelltaleError('TELLTALE_OPTION', `Pushgateway: got ${got}`)
}
