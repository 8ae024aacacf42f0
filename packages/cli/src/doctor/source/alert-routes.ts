import { parse } from 'yaml'

export type AlertLabels = Readonly<Record<string, string>>

interface AlertMatcher {
  readonly name: string
  readonly operator: '=' | '!=' | '=~' | '!~'
  readonly value: string
}

interface Route {
  readonly receiver: string
  readonly matchers: readonly AlertMatcher[]
  readonly goesOn: boolean
  readonly routes: readonly Route[]
}

/** Where alerts go, as an alertmanager.yml has it. */
export class AlertRoutes {
  /** The receiver of the root route. */
  readonly root: string
  readonly #route: Route
  readonly #integrations: ReadonlyMap<string, number>

  private constructor(content: unknown) {
    this.#route = readRoute(field(content, 'route'), '')
    this.root = this.#route.receiver
    this.#integrations = new Map(
      list(field(content, 'receivers')).map((receiver) => [
        text(field(receiver, 'name')),
        integrationsOf(receiver),
      ]),
    )
  }

  /** Reads a configuration; `undefined` when it does not parse or has no route. */
  static read(yaml: string): AlertRoutes | undefined {
    try {
      const content: unknown = parse(yaml, { version: '1.1' })
      return field(content, 'route') === undefined ? undefined : new AlertRoutes(content)
    } catch {
      return undefined
    }
  }

  /** The receivers that an alert with these labels reaches. */
  receiversOf(labels: AlertLabels): readonly string[] {
    return [...new Set(reached(this.#route, labels))]
  }

  /** Whether a receiver tells anybody. A receiver that is not defined does not. */
  tells(receiver: string): boolean {
    return (this.#integrations.get(receiver) ?? 0) > 0
  }
}

/** Whether an alert with these labels is meant. A label that is missing is an empty one. */
function matches(matchers: readonly AlertMatcher[], labels: AlertLabels): boolean {
  return matchers.every(({ name, operator, value }) => {
    const got = labels[name] ?? ''
    const fits = operator === '=' || operator === '!=' ? got === value : fitsWhole(value, got)
    return operator.startsWith('!') ? !fits : fits
  })
}

function fitsWhole(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(value)
  } catch {
    return false
  }
}

function reached(route: Route, labels: AlertLabels): readonly string[] {
  const receivers: string[] = []
  for (const child of route.routes) {
    if (!matches(child.matchers, labels)) continue
    receivers.push(...reached(child, labels))
    if (!child.goesOn) break
  }
  return receivers.length > 0 ? receivers : [route.receiver]
}

function readRoute(route: unknown, inherited: string): Route {
  const receiver = text(field(route, 'receiver') ?? inherited)
  return {
    receiver,
    matchers: matchersOf(route),
    goesOn: field(route, 'continue') === true,
    routes: list(field(route, 'routes')).map((child) => readRoute(child, receiver)),
  }
}

function matchersOf(holder: unknown): readonly AlertMatcher[] {
  const pairs = (name: string, operator: '=' | '=~') =>
    Object.entries(Object(field(holder, name) ?? {})).map(([label, value]) => ({
      name: label,
      operator,
      value: text(value),
    }))
  return [
    ...list(field(holder, 'matchers')).flatMap((line) => readMatchers(text(line))),
    ...pairs('match', '='),
    ...pairs('match_re', '=~'),
  ]
}

/** Reads `severity="critical"`, and several in braces. */
function readMatchers(line: string): readonly AlertMatcher[] {
  const found = line.matchAll(/([A-Za-z_][\w.]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^,}\s]*)/g)
  return [...found].map(([, name = '', operator = '=', value = '']) => ({
    name,
    // One of the four that the expression lets through.
    operator: operator as AlertMatcher['operator'],
    value: value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value,
  }))
}

function integrationsOf(receiver: unknown): number {
  return Object.entries(Object(receiver)).filter(
    ([name, value]) => name.endsWith('_configs') && list(value).length > 0,
  ).length
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : String(value ?? '')
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
