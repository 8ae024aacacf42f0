import type pc from 'picocolors'
import type { Language } from '../language.js'
import { type Area, areas } from './checklist.js'
import type { ItemOutcome } from './diagnose.js'

type Colours = ReturnType<typeof pc.createColors>

const areaTitles: Readonly<Record<Area, Readonly<Record<Language, string>>>> = {
  installation: { en: 'Installation', ko: '설치' },
  configuration: { en: 'Configuration', ko: '설정' },
  monitoring: { en: 'Monitoring', ko: '모니터링' },
  maintenance: { en: 'Maintenance', ko: '유지 보수' },
}

const marks = { ok: '✔', info: '✔', warning: '!', error: '✖', unknown: '?' } as const

/** The items by area, each with a mark and what was found for it. */
export function checklistText(
  outcomes: readonly ItemOutcome[],
  language: Language,
  colours: Colours,
): string {
  const blocks = areas.flatMap((area) => {
    const own = outcomes.filter(({ item }) => item.area === area)
    if (own.length === 0) return []
    return [
      [
        colours.bold(areaTitles[area][language]),
        ...own.map((outcome) => line(outcome, language, colours)),
      ].join('\n'),
    ]
  })
  return [...blocks, summary(outcomes, language)].join('\n\n')
}

function line({ item, status, findings }: ItemOutcome, language: Language, colours: Colours): string {
  const paint = {
    ok: colours.green,
    info: colours.green,
    warning: colours.yellow,
    error: colours.red,
    unknown: colours.dim,
  }[status]
  const remark =
    status === 'unknown' ? { en: 'could not be checked', ko: '확인하지 못함' }[language] : idsOf(findings)
  return `  ${paint(marks[status])} ${item.title[language]}${remark === '' ? '' : colours.dim(`  ${remark}`)}`
}

function idsOf(findings: ItemOutcome['findings']): string {
  return [...new Set(findings.map(({ id }) => id))].join(', ')
}

function summary(outcomes: readonly ItemOutcome[], language: Language): string {
  const counted = (...statuses: readonly ItemOutcome['status'][]) =>
    outcomes.filter(({ status }) => statuses.includes(status)).length
  const [fine, unknown, all] = [counted('ok', 'info'), counted('unknown'), outcomes.length]
  const rest =
    unknown === 0
      ? ''
      : { en: `, ${unknown} could not be checked`, ko: `, ${unknown}개는 확인하지 못함` }[language]
  return {
    en: `${fine} of ${all} items in place${rest}`,
    ko: `${all}개 항목 중 ${fine}개가 갖추어짐${rest}`,
  }[language]
}

/** The items for programs. */
export function checklistData(outcomes: readonly ItemOutcome[], language: Language): readonly object[] {
  return outcomes.map(({ item, status, findings }) => ({
    area: item.area,
    item: item.key,
    title: item.title[language],
    status,
    findings: findings.map(({ id }) => id),
  }))
}
