import { durationText } from '../promql/index.js'
import type { Terminal } from '../terminal.js'
import { harmless } from '../top/drawing.js'
import { shortBytes, shortDuration, shortNumber, wholeNumber } from '../top/figures.js'
import { type Advice, type AdviceArea, adviceAreas, type Saving, sumOf } from './advice/advice.js'
import { intervalChoices } from './advice/intervals.js'
import { storageSentence } from './advice/storage.js'
import type { Study } from './study.js'

type Colours = Terminal['colours']

/** Unused metrics that are listed by name. */
const LISTED = 15

const titles: Readonly<Record<AdviceArea, string>> = {
  unused: 'What nothing uses',
  cardinality: 'Where series come from',
  labels: 'Labels',
  buckets: 'Buckets',
  intervals: 'Scrape intervals',
  storage: 'Storage',
  rules: 'Rules',
}

/** The study for people, line by line. */
export function studyLines(study: Study, colours: Colours): readonly string[] {
  const areas = adviceAreas.flatMap((area) => {
    const advice = study.advice.filter((one) => one.area === area)
    const own = area === 'intervals' ? costLines(study, colours) : []
    if (advice.length === 0 && own.length === 0) return []
    const lines =
      area === 'unused'
        ? unusedLines(advice, study, colours)
        : advice.flatMap((one) => adviceLines(one, colours))
    return ['', colours.bold(colours.underline(titles[area])), ...lines, ...own]
  })
  return [
    ...headLines(study, colours),
    ...areas,
    ...missedLines(study, colours),
    '',
    ...sumLines(study, colours),
  ]
}

function headLines(
  { server, identity, inventory, evidence, storage }: Study,
  { bold, cyan, dim }: Colours,
): string[] {
  const { metrics, series, samplesPerSecond } = inventory
  const unread = evidence.uses.unread.length
  const asked = `${wholeNumber(evidence.uses.places.length)} expressions looked at${unread === 0 ? '' : `, ${unread} of which could not be read: what they name counts as used`}`
  return [
    `${bold('telltale optimize')}  ${cyan(server)}  ${identity.name} ${identity.version}`,
    dim(
      `${wholeNumber(series)} series of ${wholeNumber(metrics.length)} names, ${shortNumber(samplesPerSecond)} samples/s; ${asked}`,
    ),
    dim(storageSentence(inventory, storage)),
  ]
}

function unusedLines(advice: readonly Advice[], { evidence }: Study, colours: Colours): readonly string[] {
  const { dim, bold, yellow } = colours
  const width = Math.min(60, Math.max(6, ...advice.slice(0, LISTED).map(({ subject }) => subject.length)))
  const lines = advice.slice(0, LISTED).map(({ subject, saving, drops, id }) => {
    const { series = 0, samplesPerSecond = 0, bytesPerDay = 0 } = saving ?? {}
    const note =
      id === 'unused-buckets' ? 'only its sum and count are used' : drops.length > 0 ? '' : 'not certain'
    return (
      `  ${harmless(subject).padEnd(width)}  ${bold(wholeNumber(series).padStart(9))}  ` +
      `${`${shortNumber(samplesPerSecond)}/s`.padStart(9)}  ${shortBytes(bytesPerDay).padStart(9)}  ${dim(note)}`
    ).trimEnd()
  })
  const more = advice.length - LISTED
  return [
    dim(
      `  ${'metric'.padEnd(width)}  ${'series'.padStart(9)}  ${'samples'.padStart(9)}  ${'a day'.padStart(9)}`,
    ),
    ...lines,
    ...(more > 0 ? [dim(`  and ${wholeNumber(more)} more: --json has them all`)] : []),
    ...evidence.doubts.map((doubt) => `  ${yellow('not certain:')} ${doubt}`),
  ]
}

function adviceLines({ id, subject, figure, saving, change }: Advice, colours: Colours): readonly string[] {
  const { bold, dim, cyan } = colours
  const [first = '', ...rest] = change.text.split('\n')
  return [
    `  ${bold(harmless(subject))}  ${dim(id)}`,
    `    ${harmless(figure)}`,
    ...(saving === undefined ? [] : [`    ${savingText(saving, colours)}`]),
    `    ${cyan('→')} ${dim(`${change.place}:`)} ${harmless(first)}`,
    ...rest.map((line) => `      ${harmless(line)}`),
  ]
}

function savingText({ series, samplesPerSecond, bytesPerDay }: Saving, { green, yellow }: Colours): string {
  const less = series >= 0 && samplesPerSecond >= 0
  const parts = [
    ...(series === 0 ? [] : [`${wholeNumber(Math.abs(series))} series`]),
    ...(samplesPerSecond === 0 ? [] : [`${shortNumber(Math.abs(samplesPerSecond))} samples/s`]),
    ...(bytesPerDay === 0 ? [] : [`${shortBytes(Math.abs(bytesPerDay))} a day`]),
  ]
  if (parts.length === 0) return 'costs nothing more'
  return less ? green(`saves ${parts.join(', ')}`) : yellow(`costs ${parts.join(', ')} more`)
}

/** Jobs that are listed. */
const MOST_JOBS = 10

function costLines({ costs }: Study, { dim, green }: Colours): readonly string[] {
  if (costs.length === 0) return []
  const shown = costs.slice(0, MOST_JOBS)
  const width = Math.max(3, ...shown.map(({ job }) => job.length))
  const head = intervalChoices.map((seconds) => durationText(seconds).padStart(12)).join('')
  const lines = shown.map(({ job, series, interval, choices }) => {
    const cells = choices.map((choice) => {
      const text = `${shortBytes(choice.bytesPerDay)}/d`.padStart(12)
      return choice.interval === Math.round(interval) ? green(text) : text
    })
    return `  ${harmless(job).padEnd(width)}  ${wholeNumber(series).padStart(9)}${cells.join('')}`
  })
  return [dim(`  ${'job'.padEnd(width)}  ${'series'.padStart(9)}${head}`), ...lines]
}

function missedLines({ missed }: Study, { bold, underline, yellow }: Colours): readonly string[] {
  if (missed.length === 0) return []
  return [
    '',
    bold(underline('Not looked at')),
    ...missed.map(({ what, why }) => `  ${yellow(harmless(what))}: ${harmless(why)}`),
  ]
}

function sumLines(study: Study, { bold, dim, green }: Colours): readonly string[] {
  const { advice, areas, inventory, queries, seconds } = study
  const end = dim(`${queries} queries, ${shortDuration(seconds)}`)
  if (!areas.has('unused')) return [end]
  const unused = advice.filter(({ area }) => area === 'unused')
  if (unused.length === 0) return [bold(green('Everything that is stored is used.')), end]
  const { series, samplesPerSecond, bytesPerDay } = sumOf(unused.map(({ saving }) => saving))
  const share = Math.round((100 * series) / Math.max(1, inventory.series))
  const saved =
    `Dropping what nothing uses saves ${wholeNumber(series)} series (${share} %), ` +
    `${shortNumber(samplesPerSecond)} samples/s and ${shortBytes(bytesPerDay)} a day.`
  return [bold(green(saved)), end]
}
