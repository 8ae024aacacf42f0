import * as promClient from 'prom-client'
import { expect } from 'vitest'
import { parseText } from '../../../test/support/text-parser.js'
import * as telltale from '../src/index.js'

/** What tests do to one library and to the other. */
export type Client = typeof telltale
export type Operations = (client: Client, register: telltale.Registry) => unknown

// The types differ where this package is stricter; which of the operations mean the same is what the tests find out.
const clients = { ours: telltale, theirs: promClient as unknown as Client }

/** What a registry says in each of its forms. */
export interface Said {
  readonly text: string
  readonly samples: readonly (readonly [string, number])[]
  readonly families: readonly string[]
  readonly json: unknown
}

/** Does the same with prom-client and with this package, each on a registry of its own. */
export async function inBoth(operations: Operations): Promise<{ ours: Said; theirs: Said }> {
  return { ours: await said(clients.ours, operations), theirs: await said(clients.theirs, operations) }
}

/** The same operations give the same samples in the text, the same families and the same JSON. */
export async function expectSame(operations: Operations): Promise<void> {
  const { ours, theirs } = await inBoth(operations)
  expect(ours.samples).toEqual(theirs.samples)
  expect(ours.families).toEqual(theirs.families)
  expect(ours.json).toEqual(theirs.json)
}

/** The error that the same operations end with, in each. */
export async function errorsOfBoth(operations: Operations) {
  return { ours: await errorOf(clients.ours, operations), theirs: await errorOf(clients.theirs, operations) }
}

async function said(client: Client, operations: Operations): Promise<Said> {
  const register = new client.Registry()
  await operations(client, register)
  const text = await register.metrics()
  const parsed = parseText(text)
  return {
    text,
    samples: parsed.sorted,
    families: [...parsed.families.values()].map(({ name, type, help }) => `${name} ${type} ${help}`),
    json: comparable(await register.getMetricsAsJSON()),
  }
}

type Json = Awaited<ReturnType<telltale.Registry['getMetricsAsJSON']>>

/** Without what the list of differences names: label values as text, no place for exemplars, series in any order. */
export function comparable(json: Json): unknown {
  return json.map((metric) => {
    const values = metric.values.map(({ value, labels, ...rest }) => {
      const { exemplar: _, ...named } = rest as { exemplar?: unknown; metricName?: string }
      // A zero that was taken away is -0 in the one and 0 in the other, and 0 in the text of both.
      return { value: value + 0, labels: textual(labels), ...named }
    })
    const key = ({ labels, metricName = '' }: (typeof values)[number]) => metricName + JSON.stringify(labels)
    return { ...metric, values: values.sort((a, b) => (key(a) < key(b) ? -1 : 1)) }
  })
}

function textual(labels: object): Record<string, string> {
  const texts = Object.entries(labels).map(([name, value]) => [name, String(value)] as const)
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)))
}

async function errorOf(client: Client, operations: Operations): Promise<string> {
  try {
    await operations(client, new client.Registry())
  } catch (error) {
    if (error instanceof Error) return `${error.constructor.name}: ${error.message}`
    throw error
  }
  return 'no error'
}
