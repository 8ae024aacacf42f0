import type { Language } from '../../language.js'
import type { AdviceArea, ChangePlace } from '../advice/advice.js'

/** The words around the advice. Figures come formatted. */
export interface ReportTexts {
  readonly areas: Readonly<Record<AdviceArea, string>>
  readonly changePlaces: Readonly<Record<ChangePlace, string>>
  lookingAt(part: string): string
  head(series: string, metrics: string, rate: string): string
  asked(expressions: string, unread: number): string
  storage(facts: StorageWords): string
  readonly columns: Readonly<Record<'metric' | 'series' | 'samples' | 'aDay' | 'job', string>>
  readonly onlySumAndCount: string
  readonly notCertain: string
  more(count: string): string
  series(count: string): string
  samples(rate: string): string
  aDay(bytes: string): string
  saves(parts: readonly string[]): string
  costs(parts: readonly string[]): string
  readonly costsNothing: string
  readonly notLookedAt: string
  queries(count: number, duration: string): string
  readonly nothingStored: string
  readonly allUsed: string
  dropping(series: string, share: number, rate: string, bytes: string): string
  jobsGetRules(jobs: string): string
  readonly showsThem: string
  inJob(job: string): string
  readonly showsDiff: string
  absentJob(job: string): string
  readonly nothingCertain: string
  takesAway(series: string): string
  written(checked: boolean, backup: string): string
  afterReload(series: string, command: string): string
}

/** What is kept, and what it takes. */
export interface StorageWords {
  readonly kept: string
  readonly rate: string
  readonly bytes: string
  readonly measured: boolean
  readonly blocks: string
  readonly wal: string
  readonly head: string
  readonly disk: string
}

export const reportTexts: Readonly<Record<Language, ReportTexts>> = {
  en: {
    areas: {
      unused: 'What nothing uses',
      cardinality: 'Where series come from',
      labels: 'Labels',
      buckets: 'Buckets',
      intervals: 'Scrape intervals',
      storage: 'Storage',
      rules: 'Rules',
    },
    changePlaces: {
      'prometheus.yml': 'prometheus.yml',
      application: 'application',
      flags: 'flags',
      rules: 'rules',
      dashboards: 'dashboards',
    },
    lookingAt: (part) => `looking at ${part} …`,
    head: (series, metrics, rate) => `${series} series of ${metrics} names, ${rate} samples/s`,
    asked: (expressions, unread) =>
      `${expressions} expressions looked at${unread === 0 ? '' : `, ${unread} of which could not be read: what they name counts as used`}`,
    storage: ({ kept, rate, bytes, measured, blocks, wal, head, disk }) =>
      `${kept} of ${rate} samples/s at ${bytes} bytes (${measured ? 'measured' : 'assumed'}): ` +
      `blocks ${blocks}, write-ahead log ${wal}, head ${head}, a disk of ${disk}`,
    columns: { metric: 'metric', series: 'series', samples: 'samples', aDay: 'a day', job: 'job' },
    onlySumAndCount: 'only its sum and count are used',
    notCertain: 'not certain',
    more: (count) => `and ${count} more: --json has them all`,
    series: (count) => `${count} series`,
    samples: (rate) => `${rate} samples/s`,
    aDay: (bytes) => `${bytes} a day`,
    saves: (parts) => `saves ${parts.join(', ')}`,
    costs: (parts) => `costs ${parts.join(', ')} more`,
    costsNothing: 'costs nothing more',
    notLookedAt: 'Not looked at',
    queries: (count, duration) => `${count} queries, ${duration}`,
    nothingStored: 'Nothing is stored: see what telltale doctor says about its targets.',
    allUsed: 'Everything that is stored is used.',
    dropping: (series, share, rate, bytes) =>
      `Dropping what nothing uses saves ${series} series (${share} %), ${rate} samples/s and ${bytes} a day.`,
    jobsGetRules: (jobs) => `The jobs ${jobs} get metric_relabel_configs that drop these metrics:`,
    showsThem:
      '--config prometheus.yml shows them as a diff of the file, --apply writes it, --json has them.',
    inJob: (job) => `in the job ${job}`,
    showsDiff: 'With --config prometheus.yml this is shown as a diff of the file, and --apply writes it.',
    absentJob: (job) => `The job ${job} is not in this file: what it brings stays.`,
    nothingCertain: 'Nothing is certain enough to be changed.',
    takesAway: (series) => `This takes ${series} away. Add --apply to write it.`,
    written: (checked, backup) =>
      `Written, ${checked ? 'and checked by promtool' : 'but not checked, as promtool is not here'}. The old file is ${backup}.`,
    afterReload: (series, command) => `${series} are gone with the first scrape after a reload: ${command}`,
  },
  ko: {
    areas: {
      unused: '아무도 쓰지 않는 메트릭',
      cardinality: '시계열이 생기는 곳',
      labels: '레이블',
      buckets: '버킷',
      intervals: '수집 주기',
      storage: '저장 공간',
      rules: '규칙',
    },
    changePlaces: {
      'prometheus.yml': 'prometheus.yml',
      application: '애플리케이션',
      flags: '실행 옵션',
      rules: '규칙',
      dashboards: '대시보드',
    },
    lookingAt: (part) => `확인하는 중: ${part} …`,
    head: (series, metrics, rate) => `이름 ${metrics}개의 시계열 ${series}개, 샘플 ${rate}/s`,
    asked: (expressions, unread) =>
      `표현식 ${expressions}개 확인${unread === 0 ? '' : `, 그중 ${unread}개는 읽지 못해 거기 나온 이름을 쓰는 것으로 봅니다`}`,
    storage: ({ kept, rate, bytes, measured, blocks, wal, head, disk }) =>
      `${kept} 보관, 샘플 ${rate}/s, 샘플마다 ${bytes}바이트(${measured ? '측정값' : '가정'}): ` +
      `블록 ${blocks}, WAL ${wal}, 헤드 ${head}, 필요한 디스크 ${disk}`,
    columns: { metric: '메트릭', series: '시계열', samples: '샘플', aDay: '하루', job: '작업' },
    onlySumAndCount: 'sum과 count만 쓰입니다',
    notCertain: '불확실',
    more: (count) => `그 밖에 ${count}개: --json에 모두 있습니다`,
    series: (count) => `시계열 ${count}개`,
    samples: (rate) => `샘플 ${rate}/s`,
    aDay: (bytes) => `하루 ${bytes}`,
    saves: (parts) => `절약: ${parts.join(', ')}`,
    costs: (parts) => `추가 비용: ${parts.join(', ')}`,
    costsNothing: '추가 비용이 없습니다',
    notLookedAt: '확인하지 못한 것',
    queries: (count, duration) => `쿼리 ${count}번, ${duration}`,
    nothingStored: '저장된 데이터가 없습니다. telltale doctor로 타깃을 확인하십시오.',
    allUsed: '저장된 메트릭이 모두 쓰입니다.',
    dropping: (series, share, rate, bytes) =>
      `아무도 쓰지 않는 메트릭을 빼면 시계열 ${series}개(${share} %), 샘플 ${rate}/s, 하루 ${bytes}를 아낍니다.`,
    jobsGetRules: (jobs) => `이 메트릭을 빼는 metric_relabel_configs가 다음 작업에 들어갑니다: ${jobs}`,
    showsThem:
      '--config prometheus.yml은 파일의 차이를 보여 주고, --apply는 파일에 쓰며, --json에는 모두 있습니다.',
    inJob: (job) => `작업 ${job}`,
    showsDiff: '--config prometheus.yml을 주면 파일의 차이를 보여 주고, --apply를 붙이면 파일에 씁니다.',
    absentJob: (job) => `작업 ${job}이(가) 이 파일에 없어 그 메트릭은 그대로 남습니다.`,
    nothingCertain: '바꿔도 된다고 확신할 수 있는 것이 없습니다.',
    takesAway: (series) => `${series}가 줄어듭니다. 파일에 쓰려면 --apply를 붙이십시오.`,
    written: (checked, backup) =>
      `파일에 썼습니다. ${checked ? 'promtool 검사를 통과했습니다' : 'promtool이 없어 검사하지 못했습니다'}. 이전 파일: ${backup}`,
    afterReload: (series, command) => `설정을 다시 읽으면 첫 수집부터 ${series}가 사라집니다: ${command}`,
  },
}
