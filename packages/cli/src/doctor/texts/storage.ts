import { CheckSet } from '../../finding/check-set.js'

const storageDocs = 'https://prometheus.io/docs/prometheus/latest/storage/'

/** Findings about what Prometheus keeps and where. */
export const storage = new CheckSet(
  {
    'storage/no-retention': { severity: 'warning', link: storageDocs },
    'storage/retention-short': { severity: 'error', link: storageDocs },
    'storage/unbounded': { severity: 'warning', link: storageDocs },
    'storage/many-series': { severity: 'warning' },
    'storage/metric-grows': { severity: 'warning' },
    'storage/churn': { severity: 'warning' },
    'storage/corruption': { severity: 'error', link: storageDocs },
    'storage/compaction': { severity: 'error', link: storageDocs },
    'storage/disk': { severity: 'error' },
    'storage/remote-write-fails': { severity: 'error' },
    'storage/remote-write-behind': { severity: 'warning' },
  },
  {
    'storage/no-retention': {
      what: 'states no retention',
      remedy:
        'Start it with --storage.tsdb.retention.time=15d, or as long as the longest range of your rules needs.',
    },
    'storage/retention-short': {
      what: 'keeps {retention}, and the rule {rule} looks {range} back',
      remedy: 'Start it with --storage.tsdb.retention.time={needed} or more, or shorten the range of {rule}.',
    },
    'storage/unbounded': {
      what: 'keeps {retention} with no limit on its size',
      remedy: 'Set --storage.tsdb.retention.size to about 80 % of its disk; keep years in remote storage.',
    },
    'storage/many-series': {
      what: 'has {series} series in memory, expected at most {most}',
      remedy:
        'Find what grows: the metric with the most is {largest} ({count}). telltale optimize says what to drop.',
    },
    'storage/metric-grows': {
      what: '{metric} has {count} series, expected at most {most} for one metric',
      remedy: 'Remove the label of {metric} that has the most values: count(count by (LABEL) ({metric})).',
    },
    'storage/churn': {
      what: 'the job {job} made {count} new series within an hour and shows {present} at a time',
      remedy:
        'Remove the label whose values come and go (ids, versions, pod names) with labeldrop, or in the application.',
    },
    'storage/corruption': {
      what: 'found {count} corruptions in its write-ahead log',
      remedy:
        'Check the disk, and whether the process is killed while it writes; a copy of old data is in its backups only.',
    },
    'storage/compaction': {
      what: 'failed {count} compactions',
      remedy: 'Look at its log; mostly its disk is full or its folder may not be written.',
    },
    'storage/disk': {
      what: '{mountpoint} of {instance} has {percent} % left',
      remedy: 'Free space, or lower --storage.tsdb.retention.size: a full disk stops Prometheus.',
    },
    'storage/remote-write-fails': {
      what: 'remote write failed for {percent} % of its samples',
      remedy:
        'Look at its log for the answer of the receiver: a wrong address, a login, or samples that it refuses.',
    },
    'storage/remote-write-behind': {
      what: 'remote write is {seconds} s behind',
      remedy: 'Raise max_shards in queue_config, or send less with write_relabel_configs.',
    },
  },
  {
    'storage/no-retention': {
      what: '보존 기간을 말하지 않습니다',
      remedy: '--storage.tsdb.retention.time=15d, 또는 규칙의 가장 긴 구간이 필요한 만큼으로 시작하세요.',
    },
    'storage/retention-short': {
      what: '{retention} 동안 보존하는데 규칙 {rule}은(는) {range} 전까지 봅니다',
      remedy: '--storage.tsdb.retention.time={needed} 이상으로 시작하거나 {rule}의 구간을 줄이세요.',
    },
    'storage/unbounded': {
      what: '크기 한도 없이 {retention} 동안 보존합니다',
      remedy: '--storage.tsdb.retention.size를 디스크의 80 % 정도로 정하고, 몇 년치는 원격 저장소에 두세요.',
    },
    'storage/many-series': {
      what: '메모리에 시계열이 {series}개 있습니다. {most}개 이하여야 합니다',
      remedy:
        '무엇이 늘어나는지 찾으세요. 가장 많은 메트릭은 {largest}({count}개)입니다. telltale optimize가 버릴 것을 알려 줍니다.',
    },
    'storage/metric-grows': {
      what: '{metric}의 시계열이 {count}개입니다. 한 메트릭에 {most}개 이하여야 합니다',
      remedy: '{metric}에서 값이 가장 많은 레이블을 없애세요: count(count by (LABEL) ({metric}))',
    },
    'storage/churn': {
      what: '작업 {job}이(가) 한 시간에 새 시계열 {count}개를 만들며, 한 번에 보이는 것은 {present}개입니다',
      remedy:
        '값이 생겼다 사라지는 레이블(id, 버전, 파드 이름)을 labeldrop으로, 또는 애플리케이션에서 없애세요.',
    },
    'storage/corruption': {
      what: 'WAL에서 손상 {count}건을 찾았습니다',
      remedy: '디스크와, 쓰는 도중 프로세스가 강제로 끝나는지 확인하세요. 옛 데이터는 백업에만 있습니다.',
    },
    'storage/compaction': {
      what: '압축(compaction)이 {count}번 실패했습니다',
      remedy: '로그를 보세요. 대개 디스크가 찼거나 폴더에 쓸 수 없습니다.',
    },
    'storage/disk': {
      what: '{instance}의 {mountpoint}에 {percent} % 남았습니다',
      remedy:
        '공간을 비우거나 --storage.tsdb.retention.size를 낮추세요. 디스크가 차면 Prometheus가 멈춥니다.',
    },
    'storage/remote-write-fails': {
      what: '원격 쓰기가 샘플의 {percent} %에서 실패했습니다',
      remedy: '로그에서 받는 쪽의 응답을 보세요: 잘못된 주소, 로그인, 또는 거부되는 샘플입니다.',
    },
    'storage/remote-write-behind': {
      what: '원격 쓰기가 {seconds}초 늦습니다',
      remedy: 'queue_config의 max_shards를 올리거나 write_relabel_configs로 덜 보내세요.',
    },
  },
)
