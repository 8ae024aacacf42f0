import { burnWindows } from '../objectives/burn-windows.js'
import { round } from '../objectives/objective.js'
import { DAY } from '../query/build.js'
import { durationText } from '../query/duration-text.js'
import { promql } from '../query/promql.js'
import { signals as catalogue } from '../signals/catalogue.js'
import type { AlertDefinition, Language, Signal, Threshold } from '../signals/signal.js'
import { type ObjectiveAlertName, objectiveTexts } from '../texts/objective-texts.js'
import { pageTexts } from '../texts/page-texts.js'
import { thresholdText } from './threshold-text.js'

/** What the page is made from. */
export interface AlertPageOptions {
  readonly language?: Language
  /** Default: the whole catalogue. */
  readonly signals?: readonly Signal[]
}

/** The page with the runbook of every alert, as Markdown; each has a heading that `runbook_url` points to. */
export function alertPage(options: AlertPageOptions = {}): string {
  const language = options.language ?? 'en'
  const alerting = (options.signals ?? catalogue).filter(({ alert }) => alert !== undefined)
  const groups = [...new Set(alerting.map(({ group }) => group))]
  const text = pageTexts[language]
  const parts = [
    `<!-- ${text.generated} -->`,
    `# ${text.title}`,
    ...text.introduction,
    list(Object.values(text.severities)),
    text.silences.join('\n'),
    ...groups.flatMap((group) => [
      `## ${text.groups[group]}`,
      ...alerting.filter((signal) => signal.group === group).flatMap((signal) => section(signal, language)),
    ]),
    ...objectives(language),
  ]
  return `${parts.join('\n\n')}\n`
}

function section(signal: Signal, language: Language): readonly string[] {
  const { alert } = signal
  const text = signal.text[language]
  if (alert === undefined || text.runbook === undefined) return []
  const page = pageTexts[language]
  return [
    `### ${alert.name}`,
    `**${text.title}.** ${text.description}`,
    thresholds(signal, alert, language),
    `**${page.cause}.** ${text.runbook.cause}`,
    `**${page.remedy}.** ${text.runbook.remedy}`,
    `**${page.query}.** \`${promql(signal.query)}\``,
  ]
}

function thresholds(signal: Signal, alert: AlertDefinition, language: Language): string {
  const { columns, atOnce } = pageTexts[language]
  const minimum = alert.minimum && `\`${promql(alert.minimum.query)} > ${alert.minimum.above}\``
  const row = ({ severity, value, forSeconds }: Threshold) =>
    [
      severity,
      [`${alert.op} ${thresholdText(value, signal.unit)}`, minimum]
        .filter((part) => part !== undefined)
        .join(', '),
      forSeconds === 0 ? atOnce : durationText(forSeconds),
    ] as const
  return table([columns.severity, columns.condition, columns.lasting], alert.thresholds.map(row))
}

function objectives(language: Language): readonly string[] {
  const page = pageTexts[language]
  const windows = burnWindows(30 * DAY).map(({ severity, short, long, factor }) => [
    severity,
    `${durationText(short)} / ${durationText(long)}`,
    `${factor} × 0.1 % = ${round(factor * 0.1)} %`,
  ])
  const { severity, condition } = page.columns
  const names = Object.keys(objectiveTexts) as ObjectiveAlertName[] // the keys of the type
  return [
    `## ${page.groups.objective}`,
    page.objectives.join('\n').replace('\n```yaml', '\n\n```yaml').replace('```\n', '```\n\n'),
    table([severity, '', condition], windows),
    ...names.flatMap((name) => {
      const { title, remedy } = objectiveTexts[name][language]
      return [`### ${name}`, `**${title}.** ${remedy}`]
    }),
  ]
}

const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n')

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
