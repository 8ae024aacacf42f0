import { parse } from 'yaml'

/** A rule as a file has it. */
export interface WrittenRule {
  readonly group: string
  /** Of alerts. */
  readonly alert: string | undefined
  /** Of recorded series. */
  readonly record: string | undefined
  readonly query: string
  readonly labels: Readonly<Record<string, unknown>>
}

/** The rules in the text of a rule file; none when it does not parse. */
export function rulesIn(text: string): readonly WrittenRule[] {
  let content: unknown
  try {
    content = parse(text, { version: '1.1' })
  } catch {
    return []
  }
  return list(field(content, 'groups')).flatMap((group) =>
    list(field(group, 'rules')).map((rule) => {
      const [alert, record, labels] = ['alert', 'record', 'labels'].map((name) => field(rule, name))
      return {
        group: String(field(group, 'name') ?? ''),
        alert: alert === undefined ? undefined : String(alert),
        record: record === undefined ? undefined : String(record),
        query: String(field(rule, 'expr') ?? ''),
        labels: typeof labels === 'object' && labels !== null ? { ...labels } : {},
      }
    }),
  )
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
