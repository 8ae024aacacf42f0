import type { Language } from '../language.js'

/** The sentences of a plan. Figures come formatted. */
export interface PlanTexts {
  readonly oneInstance: string
  instance(source: string, series: string, metrics: string, bytes: string): string
  readonly theFleet: string
  fleet(instances: string, interval: string, replicas: number, retention: string, releases: string): string
  readonly never: string
  readonly onceADay: string
  everyDays(days: string): string
  timesADay(times: string): string
  readonly rows: Readonly<Record<'series' | 'samples' | 'memory' | 'disk' | 'network' | 'servers', string>>
  active(head: string): string
  aDay(samples: string): string
  memory(bytesPerSeries: string, labels: string): string
  disk(blocks: string, wal: string, head: string, compaction: string): string
  readonly network: string
  shards(count: number, memory: string, disk: string): string
  largest(targets: number, isEstimate: boolean): string
  readonly composition: string
  buckets(count: string): string
  more(count: number): string
  readonly intervals: string
  wrote(path: string): string
  targetsIn(pattern: string): string
  readonly columns: readonly [interval: string, samples: string, disk: string]
}

export const planTexts: Readonly<Record<Language, PlanTexts>> = {
  en: {
    oneInstance: 'One instance',
    instance: (source, series, metrics, bytes) =>
      `${source}: ${series} series of ${metrics} metrics, ${bytes} a scrape`,
    theFleet: 'The fleet',
    fleet: (instances, interval, replicas, retention, releases) =>
      `${instances} instances, scraped every ${interval}${replicas > 1 ? `, by ${replicas} servers each` : ''}, ` +
      `kept for ${retention}, replaced ${releases}`,
    never: 'never',
    onceADay: 'once a day',
    everyDays: (days) => `every ${days} days`,
    timesADay: (times) => `${times} times a day`,
    rows: {
      series: 'series',
      samples: 'samples',
      memory: 'memory',
      disk: 'disk',
      network: 'network',
      servers: 'servers',
    },
    active: (head) => `active; ${head} in memory during a release`,
    aDay: (samples) => `${samples} a day`,
    memory: (bytes, labels) => `${bytes} bytes a series (${labels} labels), and as much again for queries`,
    disk: (blocks, wal, head, compaction) =>
      `blocks ${blocks} + WAL ${wal} + head ${head} + compaction ${compaction}, 85 % full`,
    network: 'before compression, which takes about nine tenths of it away',
    shards: (count, memory, disk) =>
      `${count} shard${count === 1 ? '' : 's'} of ${memory} memory and ${disk} disk`,
    largest: (targets, isEstimate) => `, the largest with ${isEstimate ? 'about ' : ''}${targets} targets`,
    composition: 'What the series are',
    buckets: (count) => `${count} are buckets`,
    more: (count) => `and ${count} more metrics`,
    intervals: 'What another interval costs',
    wrote: (path) => `wrote ${path}`,
    targetsIn: (pattern) => `Its targets are read from ${pattern}.`,
    columns: ['interval', 'samples', 'disk'],
  },
  ko: {
    oneInstance: '인스턴스 하나',
    instance: (source, series, metrics, bytes) =>
      `${source}: 메트릭 ${metrics}개의 시계열 ${series}개, 수집마다 ${bytes}`,
    theFleet: '전체',
    fleet: (instances, interval, replicas, retention, releases) =>
      `인스턴스 ${instances}개, ${interval}마다 ${replicas > 1 ? `서버 ${replicas}대가 각각 ` : ''}수집, ` +
      `${retention} 보관, 교체 ${releases}`,
    never: '없음',
    onceADay: '하루 한 번',
    everyDays: (days) => `${days}일마다`,
    timesADay: (times) => `하루 ${times}번`,
    rows: {
      series: '시계열',
      samples: '샘플',
      memory: '메모리',
      disk: '디스크',
      network: '네트워크',
      servers: '서버',
    },
    active: (head) => `활성. 배포하는 동안 메모리에 ${head}개`,
    aDay: (samples) => `하루 ${samples}개`,
    memory: (bytes, labels) => `시계열마다 ${bytes}바이트(레이블 ${labels}개), 쿼리에 그만큼 더`,
    disk: (blocks, wal, head, compaction) =>
      `블록 ${blocks} + WAL ${wal} + 헤드 ${head} + 압축 작업 ${compaction}, 85 % 찼을 때`,
    network: '압축 전. 압축하면 열에 아홉쯤 줄어듭니다',
    shards: (count, memory, disk) => `메모리 ${memory}, 디스크 ${disk}인 샤드 ${count}개`,
    largest: (targets, isEstimate) => `, 가장 큰 샤드에 타깃 ${isEstimate ? '약 ' : ''}${targets}개`,
    composition: '시계열의 구성',
    buckets: (count) => `그중 버킷 ${count}개`,
    more: (count) => `그 밖의 메트릭 ${count}개`,
    intervals: '수집 주기를 바꾸면',
    wrote: (path) => `${path}: 썼습니다`,
    targetsIn: (pattern) => `타깃은 ${pattern}에서 읽습니다.`,
    columns: ['주기', '샘플', '디스크'],
  },
}
