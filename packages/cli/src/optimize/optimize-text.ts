import type { Language } from '../language.js'
import { durationText } from '../promql/index.js'
import type { Terminal } from '../terminal.js'
import { columnsOf, ending, padded } from '../text-columns.js'
import { harmless } from '../top/drawing.js'
import { shortBytes, shortDuration, shortNumber, wholeNumber } from '../top/figures.js'
import { type Advice, adviceAreas, type Saving, sumOf } from './advice/advice.js'
import { intervalChoices } from './advice/intervals.js'
import { storageSentence } from './advice/storage.js'
import type { Study } from './study.js'
import { type ReportTexts, reportTexts } from './texts/index.js'

type Colours = Terminal['colours']

/** Unused metrics that are listed by name. */
const LISTED = 15

/** The study for people, line by line. */
export function studyLines(study: Study, colours: Colours, language: Language): readonly string[] {
  const texts = reportTexts[language]
  const areas = adviceAreas.flatMap((area) => {
    const advice = study.advice.filter((one) => one.area === area)
    const own = area === 'intervals' ? costLines(study, colours, texts) : []
    if (advice.length === 0 && own.length === 0) return []
    const lines =
      area === 'unused'
        ? unusedLines(advice, study, colours, texts)
        : advice.flatMap((one) => adviceLines(one, colours, texts))
    return ['', colours.bold(colours.underline(texts.areas[area])), ...lines, ...own]
  })
  return [
    ...headLines(study, colours, texts),
    ...areas,
    ...missedLines(study, colours, texts),
    '',
    ...sumLines(study, colours, texts),
  ]
}

function headLines(
  { server, identity, inventory, evidence, storage }: Study,
  { bold, cyan, dim }: Colours,
  texts: ReportTexts,
): string[] {
  const { metrics, series, samplesPerSecond } = inventory
  const { places, unread } = evidence.uses
  const stored = texts.head(wholeNumber(series), wholeNumber(metrics.length), shortNumber(samplesPerSecond))
  return [
    `${bold('telltale optimize')}  ${cyan(server)}  ${identity.name} ${identity.version}`,
    dim(`${stored}; ${texts.asked(wholeNumber(places.length), unread.length)}`),
    dim(storageSentence(inventory, storage, texts)),
  ]
}

function unusedLines(
  advice: readonly Advice[],
  { evidence }: Study,
  { dim, bold, yellow }: Colours,
  texts: ReportTexts,
): readonly string[] {
  const { columns } = texts
  const width = Math.min(60, Math.max(6, ...advice.slice(0, LISTED).map(({ subject }) => subject.length)))
  const lines = advice.slice(0, LISTED).map(({ subject, saving, drops, id }) => {
    const { series = 0, samplesPerSecond = 0, bytesPerDay = 0 } = saving ?? {}
    const note = id === 'unused-buckets' ? texts.onlySumAndCount : drops.length > 0 ? '' : texts.notCertain
    return (
      `  ${padded(harmless(subject), width)}  ${bold(wholeNumber(series).padStart(9))}  ` +
      `${`${shortNumber(samplesPerSecond)}/s`.padStart(9)}  ${shortBytes(bytesPerDay).padStart(9)}  ${dim(note)}`
    ).trimEnd()
  })
  const more = advice.length - LISTED
  return [
    dim(
      `  ${padded(columns.metric, width)}  ${ending(columns.series, 9)}  ${ending(columns.samples, 9)}  ${ending(columns.aDay, 9)}`,
    ),
    ...lines,
    ...(more > 0 ? [dim(`  ${texts.more(wholeNumber(more))}`)] : []),
    ...evidence.doubts.map((doubt) => `  ${yellow(`${texts.notCertain}:`)} ${doubt}`),
  ]
}

function adviceLines(
  { id, subject, figure, saving, change }: Advice,
  colours: Colours,
  texts: ReportTexts,
): readonly string[] {
  const { bold, dim, cyan } = colours
  const [first = '', ...rest] = change.text.split('\n')
  return [
    `  ${bold(harmless(subject))}  ${dim(id)}`,
    `    ${harmless(figure)}`,
    ...(saving === undefined ? [] : [`    ${savingText(saving, colours, texts)}`]),
    `    ${cyan('→')} ${dim(`${texts.changePlaces[change.place]}:`)} ${harmless(first)}`,
    ...rest.map((line) => `      ${harmless(line)}`),
  ]
}

function savingText(
  { series, samplesPerSecond, bytesPerDay }: Saving,
  { green, yellow }: Colours,
  texts: ReportTexts,
): string {
  const less = series >= 0 && samplesPerSecond >= 0
  const parts = [
    ...(series === 0 ? [] : [texts.series(wholeNumber(Math.abs(series)))]),
    ...(samplesPerSecond === 0 ? [] : [texts.samples(shortNumber(Math.abs(samplesPerSecond)))]),
    ...(bytesPerDay === 0 ? [] : [texts.aDay(shortBytes(Math.abs(bytesPerDay)))]),
  ]
  if (parts.length === 0) return texts.costsNothing
  return less ? green(texts.saves(parts)) : yellow(texts.costs(parts))
}

/** Jobs that are listed. */
const MOST_JOBS = 10

function costLines({ costs }: Study, { dim, green }: Colours, { columns }: ReportTexts): readonly string[] {
  if (costs.length === 0) return []
  const shown = costs.slice(0, MOST_JOBS)
  const width = Math.max(columnsOf(columns.job), ...shown.map(({ job }) => columnsOf(harmless(job))))
  const head = intervalChoices.map((seconds) => durationText(seconds).padStart(12)).join('')
  const lines = shown.map(({ job, series, interval, choices }) => {
    const cells = choices.map((choice) => {
      const text = `${shortBytes(choice.bytesPerDay)}/d`.padStart(12)
      return choice.interval === Math.round(interval) ? green(text) : text
    })
    return `  ${padded(harmless(job), width)}  ${wholeNumber(series).padStart(9)}${cells.join('')}`
  })
  return [dim(`  ${padded(columns.job, width)}  ${ending(columns.series, 9)}${head}`), ...lines]
}

function missedLines(
  { missed }: Study,
  { bold, underline, yellow }: Colours,
  texts: ReportTexts,
): readonly string[] {
  if (missed.length === 0) return []
  return [
    '',
    bold(underline(texts.notLookedAt)),
    ...missed.map(({ what, why }) => `  ${yellow(harmless(what))}: ${harmless(why)}`),
  ]
}

function sumLines(study: Study, { bold, dim, green }: Colours, texts: ReportTexts): readonly string[] {
  const { advice, areas, inventory, queries, seconds } = study
  const end = dim(texts.queries(queries, shortDuration(seconds)))
  if (!areas.has('unused')) return [end]
  const unused = advice.filter(({ area }) => area === 'unused')
  if (inventory.series === 0) return [bold(texts.nothingStored), end]
  if (unused.length === 0) return [bold(green(texts.allUsed)), end]
  const { series, samplesPerSecond, bytesPerDay } = sumOf(unused.map(({ saving }) => saving))
  const share = Math.round((100 * series) / Math.max(1, inventory.series))
  const saved = texts.dropping(
    wholeNumber(series),
    share,
    shortNumber(samplesPerSecond),
    shortBytes(bytesPerDay),
  )
  return [bold(green(saved)), end]
}
