import type { Finding } from '../../finding/index.js'
import { nearest } from '../../nearest.js'
import { parseDuration } from '../../promql/index.js'
import type { YamlNode } from '../../yaml-document/index.js'
import type { ConfigPart } from '../config/config-place.js'
import { readMatchers } from './matcher-text.js'
import { integrationNames } from './receiver-shapes.js'

/** What is wrong with the tree of routes, its receivers and its time intervals. */
export function routeFindings(whole: ConfigPart): readonly Finding[] {
  const root = whole.part('route')
  if (root === undefined) return []
  const receivers = whole.parts('receivers').map(({ node }) => node.text('name') ?? '')
  const intervals = [...whole.parts('time_intervals'), ...whole.parts('mute_time_intervals')].map(
    ({ node }) => node.text('name') ?? '',
  )
  const used = new Set<string>()
  const findings = [...rootFindings(root, whole), ...treeFindings(root, { receivers, intervals, used })]
  const unused = whole
    .parts('receivers')
    .filter(({ node }) => node.text('name') !== undefined && !used.has(node.text('name')!))
    .map((part) =>
      part.finding('alertmanager/unused-receiver', 'name', { receiver: part.node.text('name')! }),
    )
  return [...findings, ...unused, ...intervalFindings(whole)]
}

interface Known {
  readonly receivers: readonly string[]
  readonly intervals: readonly string[]
  readonly used: Set<string>
}

function rootFindings(root: ConfigPart, whole: ConfigPart): readonly Finding[] {
  const findings = [
    'match',
    'match_re',
    'matchers',
    'continue',
    'mute_time_intervals',
    'active_time_intervals',
  ]
    .filter((name) => isFilled(root.node.get(name)))
    .map((name) => root.finding('alertmanager/root-matcher', name, { field: name }, { subject: name }))
  const receiver = root.node.text('receiver')
  if (receiver === undefined || receiver === '')
    return [...findings, root.finding('alertmanager/no-receiver', 'receiver', {})]
  const target = whole.parts('receivers').find(({ node }) => node.text('name') === receiver)
  const isSilent =
    target !== undefined && integrationNames.every((name) => target.node.list(name).length === 0)
  if (isSilent) findings.push(root.finding('alertmanager/silent-receiver', 'receiver', { receiver }))
  return findings
}

function isFilled(node: YamlNode | undefined): boolean {
  if (node === undefined) return false
  if (node.kind === 'scalar') return node.value === true
  return node.kind === 'list' ? node.items.length > 0 : node.entries.length > 0
}

function treeFindings(route: ConfigPart, known: Known): readonly Finding[] {
  const children = route.parts('routes')
  return [
    ...receiverOf(route, known),
    ...groupFindings(route),
    ...timeFindings(route),
    ...matcherFindings(route),
    ...timeIntervalUses(route, known),
    ...unreachable(children),
    ...children.flatMap((child) => treeFindings(child, known)),
  ]
}

function receiverOf(route: ConfigPart, { receivers, used }: Known): readonly Finding[] {
  const receiver = route.node.text('receiver')
  if (receiver === undefined || receiver === '') return []
  used.add(receiver)
  if (receivers.includes(receiver)) return []
  const meant = nearest(receiver, receivers)
  const remedy =
    meant === undefined
      ? { en: 'Define it under receivers.', ko: 'receivers 아래에 정의하세요.' }
      : {
          en: `Write ${meant}, or define it under receivers.`,
          ko: `${meant} 로 쓰거나 receivers 아래에 정의하세요.`,
        }
  return [route.finding('alertmanager/undefined-receiver', 'receiver', { receiver, remedy })]
}

function groupFindings(route: ConfigPart): readonly Finding[] {
  const labels = route.node.list('group_by').flatMap((item) => (item.kind === 'scalar' ? [item] : []))
  const seen = new Set<string>()
  const findings = labels.flatMap(({ text, place }) => {
    const twice = seen.has(text)
    seen.add(text)
    return twice ? [route.findingAt('alertmanager/duplicate-group-by', place, { label: text })] : []
  })
  if (seen.has('...') && seen.size > 1)
    findings.push(route.finding('alertmanager/group-by-all', 'group_by', {}))
  return findings
}

function timeFindings(route: ConfigPart): readonly Finding[] {
  const seconds = (name: string) => parseDuration(route.node.text(name) ?? '')
  const findings = ['group_interval', 'repeat_interval']
    .filter((name) => seconds(name) === 0)
    .map((field) => route.finding('alertmanager/zero-interval', field, { field }, { subject: field }))
  const [group, repeat] = [seconds('group_interval'), seconds('repeat_interval')]
  if (group !== undefined && repeat !== undefined && repeat > 0 && repeat < group) {
    const values = { repeat: route.node.text('repeat_interval')!, group: route.node.text('group_interval')! }
    findings.push(route.finding('alertmanager/repeat-below-group', 'repeat_interval', values))
  }
  return findings
}

function matcherFindings(route: ConfigPart): readonly Finding[] {
  const old = ['match', 'match_re']
    .filter((name) => isFilled(route.node.get(name)))
    .map((field) => route.finding('alertmanager/old-matcher', field, { field, suggestion: 'matchers' }))
  return [...old, ...matcherFaults(route, 'matchers')]
}

/** The matchers of a list that cannot be read. */
export function matcherFaults(part: ConfigPart, field: string): readonly Finding[] {
  return part.node.list(field).flatMap((item) => {
    if (item.kind !== 'scalar') return []
    const read = readMatchers(item.text)
    if (!('fault' in read)) return []
    const values = { matcher: item.text, fault: read.fault }
    return [part.findingAt('alertmanager/matcher', item.place, values, { subject: item.text })]
  })
}

function timeIntervalUses(route: ConfigPart, { intervals }: Known): readonly Finding[] {
  return ['mute_time_intervals', 'active_time_intervals'].flatMap((field) =>
    route.node.list(field).flatMap((item) => {
      if (item.kind !== 'scalar' || intervals.includes(item.text)) return []
      return [route.findingAt('alertmanager/undefined-time-interval', item.place, { name: item.text })]
    }),
  )
}

function intervalFindings(whole: ConfigPart): readonly Finding[] {
  const seen = new Set<string>()
  return [...whole.parts('time_intervals'), ...whole.parts('mute_time_intervals')].flatMap((part) => {
    const name = part.node.text('name') ?? ''
    const twice = seen.has(name)
    seen.add(name)
    return [
      ...(twice ? [part.finding('alertmanager/duplicate-time-interval', 'name', { name })] : []),
      ...part.parts('time_intervals').flatMap((interval) => interval.parts('times').flatMap(clockFindings)),
    ]
  })
}

/** A span of a day does not go over midnight. */
function clockFindings(part: ConfigPart): readonly Finding[] {
  const [start, end] = [part.node.text('start_time'), part.node.text('end_time')]
  if (start === undefined || end === undefined || start < end) return []
  const expected = {
    en: `a time after ${start}; write two spans for one over midnight`,
    ko: `${start} 뒤의 시각 (자정을 넘으면 둘로 나누세요)`,
  }
  return [part.finding('yaml/bad-value', 'end_time', { field: 'end_time', got: `"${end}"`, expected })]
}

/** Routes behind one that takes everything and does not go on. */
function unreachable(routes: readonly ConfigPart[]): readonly Finding[] {
  const taker = routes.findIndex(
    ({ node }) =>
      !['match', 'match_re', 'matchers'].some((name) => isFilled(node.get(name))) &&
      !isFilled(node.get('continue')),
  )
  if (taker < 0) return []
  const { line } = routes[taker]!.node.place
  return routes
    .slice(taker + 1)
    .map((route) => route.findingAt('alertmanager/unreachable-route', route.node.place, { line }))
}
