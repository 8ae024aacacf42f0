import type { AdviceTexts } from './advice-english.js'

export const adviceKorean: AdviceTexts = {
  unused: {
    metric: (series, nobody) => `시계열 ${series}개. ${nobody} 이 메트릭을 쓰지 않습니다`,
    buckets: (series, family) => `시계열 ${series}개. ${family}_sum과 ${family}_count만 쓰입니다`,
  },
  labels: {
    count: (values, without, series) =>
      `값 ${values}개, 이 레이블이 없으면 시계열 ${series}개가 ${without}개로 줄어듭니다`,
    looksLike: (count, kind) => `${count}. 값의 모양: ${kind}`,
    leaveIdOut: (label, metric) =>
      `${metric}에서 레이블 "${label}"을(를) 빼십시오. 사용자나 시간에 따라 끝없이 늘어납니다. ID는 로그와 트레이스에 남기십시오`,
    unread: (count) => `${count}. 이 메트릭을 쓰는 곳 가운데 이 레이블을 읽는 곳이 없습니다`,
    leaveUnreadOut: (label, metric) =>
      `${metric}의 레이블에서 "${label}"을(를) 빼십시오. 리레이블링으로는 시계열이 서로 겹쳐 뺄 수 없습니다`,
    closeList: (label) =>
      `"${label}"의 값을 정해진 목록이나 묶음으로 제한하십시오: labels: { ${label}: ['…', '…'] }`,
    constant: (metrics) => `${metrics}에서 이 레이블의 값은 이것 하나뿐입니다`,
    leaveConstantOut: () =>
      '만드는 곳에서 빼십시오. 다른 곳에 필요하면 타깃의 레이블이나 외부 레이블로 두십시오',
    redundant: (by, label, metrics) =>
      `${metrics}에서 "${by}"의 값마다 "${label}"의 값이 하나로 정해져 있습니다`,
    joinIn: (by, label) =>
      `"${label}"을(를) 빼고, 보여 줄 때 결합하십시오: … * on (${by}) group_left (${label}) an_info_metric`,
    two: (a, b) => `${a}, ${b}`,
    moreMetrics: (first, more) => `${first} 외 메트릭 ${more}개`,
    large: (series, share) => `시계열 ${series}개, 전체의 ${share}`,
    seeLabels: () => '위에 나온 레이블을 보십시오. 값이 가장 많은 레이블이 시계열을 늘립니다',
  },
  kinds: {
    mail: '이메일 주소',
    uuid: 'UUID',
    url: 'URL',
    time: '시각',
    address: 'IP 주소',
    hash: '해시',
    path: '숫자가 든 경로',
    number: '번호',
  },
  growth: {
    grown: (was, ago, now, daily) => `${ago} 전 시계열 ${was}개, 지금 ${now}개: 하루 ${daily}개씩 늘어납니다`,
    findLabel: () =>
      '값이 끝없이 늘어나는 레이블을 찾으십시오. telltale top이 인스턴스에서 늘어나는 메트릭을 보여 줍니다',
    churn: (hourly, share, active) => `한 시간에 새 시계열 ${hourly}개, 활성 시계열 ${active}개의 ${share}`,
    leaveOut: () =>
      '버전, 시각, 파드처럼 계속 바뀌는 레이블이 있습니다. 빼십시오. 새 시계열은 세 시간 동안 메모리를 차지합니다',
  },
  buckets: {
    threshold: (values) =>
      `${values.join(', ')}: 쿼리가 찾는 값인데 버킷 경계에 없어 비교 결과가 추정값입니다`,
    beyond: (share, last) => `${share}가 마지막 경계 ${last}보다 큽니다`,
    first: (share, first) => `${share}가 첫 버킷(${first} 이하)에 있습니다`,
    empty: (bounds) => `경계가 ${bounds}인 버킷이 비어 있습니다`,
    wide: (quantile, error) => `p${quantile}의 오차가 ${error}까지 날 수 있습니다`,
    of: (fault, total, time) => `${fault} (최근 ${time}, 관측 ${total}건)`,
    error: (quantile, before, after) => `p${quantile}의 오차: 지금 최대 ${before}, 바꾼 뒤 최대 ${after}`,
    keepOld: () => '지난 데이터를 보는 쿼리가 없어질 때까지 이전 경계도 함께 두십시오',
    above: (histogram) => `위의 ${histogram} 경계로 바꾸십시오`,
    histograms: (count) => `히스토그램 ${count}개`,
    native: (series) =>
      `버킷 시계열 ${series}개. 이 서버는 시계열 하나로 저장하는 네이티브 히스토그램을 받습니다`,
    useNative: () => 'new Histogram({ …, native: true }): 경계를 고를 필요 없이 어디서나 오차가 5–10 %입니다',
  },
  intervals: {
    job: (job) => `작업 ${job}`,
    jobs: (jobs) => `작업 ${jobs.join(', ')}`,
    shortRange: (metric, range, count, interval) =>
      `${metric}을(를) ${range} 범위로 읽습니다. 주기 ${interval}의 ${count}배입니다`,
    readLonger: (range, interval) => `범위를 ${range} 이상으로 늘리거나, ${interval}마다 수집하십시오`,
    longEnough: (range, metric, interval) =>
      `가장 짧게 읽는 범위는 ${metric}의 ${range}입니다. ${interval}마다 수집해도 네 번이 들어갑니다`,
    long: (interval) => `수집 간격이 ${interval}입니다. 두 번 실패하면 모든 시계열이 끊깁니다`,
    slow: (duration, share) => `한 번 수집에 ${duration}, 주기의 ${share}가 걸렸습니다`,
    exposeLess: () => '노출하는 시계열을 줄이거나 수집 주기를 늘리십시오',
    twice: (url, more) =>
      `같은 ${url}${more > 0 ? ` 외 ${more}곳` : ''}을(를) 수집해 모든 시계열을 두 번 저장합니다`,
    takeOut: (job) => `작업 ${job}을(를) 빼십시오`,
    still: (count, series) => `최근 한 시간 동안 시계열 ${series}개 중 ${count}개가 바뀌지 않았습니다`,
    ownJob: (interval) =>
      `${interval}마다 수집할 필요가 없습니다. scrape_interval: 1m인 별도 작업으로 옮기십시오`,
  },
  storage: {
    retention: '보관 기간',
    wal: 'WAL',
    disk: '디스크',
    tooSmall: (kept, need, share, disk) =>
      `${kept} 보관에 ${need}가 필요합니다. 디스크 ${disk}의 ${share}입니다`,
    keepLess: (days, disk, limit) =>
      `--storage.tsdb.retention.time=${days}d로 줄이거나 디스크를 ${disk}로 늘리십시오. ${limit}도 함께 두십시오`,
    noSize: (kept, need, disk) =>
      `${kept} 보관에 ${disk} 중 ${need}가 필요합니다. 갑자기 늘어나면 디스크가 가득 차도 막을 것이 없습니다`,
    setSize: (limit) => `${limit} (디스크의 80 %)`,
    sizeTooLarge: (size, disk, besides) =>
      `보관 크기가 ${disk} 중 ${size}입니다. WAL에 ${besides}가 더 필요합니다`,
    notCompressed: () => '압축이 꺼져 있습니다. 켜면 절반쯤으로 줄어듭니다',
    beyondRetention: (range, kept) => `${range}를 읽는데 ${kept}만 보관합니다`,
    keepMore: (range) => `--storage.tsdb.retention.time=${range}, 또는 더 짧은 범위를 쓰는 레코딩 규칙`,
    nearlyFull: (blocks, disk) => `블록만 ${disk} 중 ${blocks}입니다`,
    makeRoom: () => '지금 공간을 비우십시오. 압축 작업에 그 10분의 1이 필요합니다',
  },
  rules: {
    group: (group) => `그룹 ${group}`,
    inGroup: (rule, group) => `${rule} (그룹 ${group})`,
    slowGroup: (duration, share, interval) => `${duration} 걸렸습니다. 주기 ${interval}의 ${share}입니다`,
    split: () => '그룹을 나누십시오. 그룹끼리는 동시에, 그룹 안의 규칙은 차례로 실행됩니다',
    slow: (duration, interval) => `${interval}마다 ${duration} 걸립니다`,
    recordInner: () => '안쪽 집계를 레코딩 규칙으로 따로 기록하고 그 결과를 읽으십시오',
    unused: (nobody, duration, interval) =>
      `${nobody} 이 규칙을 읽지 않는데 ${interval}마다 ${duration} 걸립니다`,
    takeOut: (rule) => `규칙 ${rule}을(를) 빼십시오`,
    repeated: (count, places, duration) =>
      `${places.join(', ')} 등 ${count}곳에 있습니다. 한 번 계산에 ${duration} 걸립니다`,
  },
  places: {
    alert: (name, group) => `알림 ${name} (그룹 ${group})`,
    recording: (name, group) => `레코딩 규칙 ${name} (그룹 ${group})`,
    panel: (title) => `패널 "${title}"`,
    variable: (name) => `변수 ${name}`,
    dashboard: '대시보드',
    of: (place, dashboard) => `${dashboard}의 ${place}`,
    logged: (times) => `${times}번 실행된 쿼리`,
  },
  evidence: {
    noRule: '규칙',
    noDashboard: '대시보드',
    noQuery: '기록된 쿼리',
    nobody: (sources) => `${sources.join(', ')} 가운데 어느 것도`,
    rulesUnknown: '서버가 규칙을 알려 주지 않았습니다',
    noDashboards:
      '대시보드를 확인하지 못했습니다. --dashboards나 --grafana로 알려 주거나, 일주일 치 쿼리 로그를 주거나, ' +
      '없으면 --no-dashboards를 붙이십시오',
    configurationUnknown: '서버가 설정을 알려 주지 않았습니다',
    remoteWrite:
      'remote_write가 모든 데이터를 다른 서버로 보냅니다. 그곳에서 아무도 쓰지 않으면 --ignore-remote-write를 붙이십시오',
    open: (place) => `${place}: 메트릭 이름이 변수입니다. 필요한 메트릭은 --keep으로 남기십시오`,
  },
}
