import { CheckSet } from '../../finding/check-set.js'

/** Findings about whether rules and panels get answers. */
export const queries = new CheckSet(
  {
    'queries/rule-fails': { severity: 'error' },
    'queries/never-seen': { severity: 'error' },
    'queries/label-never-seen': { severity: 'warning' },
    'queries/value-misspelt': { severity: 'warning' },
    'queries/gone': { severity: 'warning' },
    'queries/no-traffic': { severity: 'warning' },
    'queries/not-scraped': { severity: 'warning' },
    'queries/panel-fails': { severity: 'error' },
    'queries/panel-empty': { severity: 'warning' },
    'queries/not-recorded': { severity: 'warning' },
    'queries/no-objectives': { severity: 'info' },
  },
  {
    'queries/rule-fails': {
      what: 'the rule {rule} fails: {error}',
      remedy: 'Correct its expression until promtool query instant accepts it: {query}',
    },
    'queries/never-seen': {
      what: 'the rule {rule} asks for {metric}, which Prometheus has not had within a week: it can never fire',
      remedy:
        'Correct the name of the metric, record it in the application (starting at zero), or take the rule out.',
    },
    'queries/label-never-seen': {
      what: 'the rule {rule} asks for the label {label} of {metric}, and no series of {metric} has it',
      remedy: 'Compare with the labels that {metric} has, and correct the matcher or the grouping of {rule}.',
    },
    'queries/value-misspelt': {
      what: 'the rule {rule} asks for {label}="{value}" of {metric}, which was never seen; {other} was',
      remedy: 'Write {label}="{other}", if that was meant.',
    },
    'queries/gone': {
      what: 'the rule {rule} asks for {metric}, which was there within a week and is not now',
      remedy:
        'Find out what stopped recording it; start known label sets at zero, so that they never vanish.',
    },
    'queries/no-traffic': {
      what: 'rate({metric}[5m]) gives nothing, although {metric} is stored',
      remedy: 'Wait for two scrapes; if it stays empty, scrape_interval is too long for a window of 5m.',
    },
    'queries/not-scraped': {
      what: 'no job scrapes {product}, whose metrics these rules ask for: {rules}',
      remedy:
        'Add to scrape_configs, and reload: - { job_name: {job}, static_configs: [{ targets: ["{target}"] }] }',
    },
    'queries/panel-fails': {
      what: 'the query of the panel "{panel}" fails: {error}',
      remedy: 'Correct the query: {query}',
    },
    'queries/panel-empty': {
      what: 'nothing to show in {panels}: {metric} is not there',
      remedy: 'Correct the name of the metric in the panel, or record it in the application.',
    },
    'queries/not-recorded': {
      what: 'nothing to show in {panels}: no rule that is loaded records {metric}',
      remedy:
        'Load the rules that go with the dashboard: name their file in rule_files of prometheus.yml, and reload.',
    },
    'queries/no-objectives': {
      what: '{count} panels, such as "{panel}", show objectives, and no rule that is loaded has any',
      remedy:
        'Write objectives.yml, run telltale rules --slo objectives.yml --out better_rules.yml, name that file in rule_files, and reload.',
    },
  },
  {
    'queries/rule-fails': {
      what: '규칙 {rule}이(가) 실패합니다: {error}',
      remedy: 'promtool query instant가 받아들일 때까지 식을 고치세요: {query}',
    },
    'queries/never-seen': {
      what: '규칙 {rule}이(가) 묻는 {metric}이(가) 일주일 동안 Prometheus에 없었습니다. 절대 울릴 수 없습니다',
      remedy: '메트릭 이름을 고치거나, 애플리케이션에서 0부터 기록하거나, 규칙을 빼세요.',
    },
    'queries/label-never-seen': {
      what: '규칙 {rule}이(가) {metric}의 레이블 {label}을(를) 묻지만 그 레이블이 있는 시계열이 없습니다',
      remedy: '{metric}의 실제 레이블과 비교하고 {rule}의 매처나 묶음을 고치세요.',
    },
    'queries/value-misspelt': {
      what: '규칙 {rule}이(가) {metric}에서 {label}="{value}"을(를) 묻지만 본 적이 없습니다. {other}은(는) 있습니다',
      remedy: '그것을 뜻했다면 {label}="{other}"라고 쓰세요.',
    },
    'queries/gone': {
      what: '규칙 {rule}이(가) 묻는 {metric}이(가) 일주일 안에는 있었지만 지금은 없습니다',
      remedy: '무엇이 기록을 멈췄는지 찾으세요. 아는 레이블 조합은 0에서 시작해 사라지지 않게 하세요.',
    },
    'queries/no-traffic': {
      what: '{metric}은(는) 저장되는데 rate({metric}[5m])의 결과가 없습니다',
      remedy: '스크랩 두 번을 기다리세요. 계속 비어 있으면 scrape_interval이 5m 구간에 너무 깁니다.',
    },
    'queries/not-scraped': {
      what: '{product}을(를) 스크랩하는 작업이 없는데 다음 규칙이 그 메트릭을 묻습니다: {rules}',
      remedy:
        'scrape_configs에 넣고 다시 읽히세요: - { job_name: {job}, static_configs: [{ targets: ["{target}"] }] }',
    },
    'queries/panel-fails': {
      what: '패널 "{panel}"의 쿼리가 실패합니다: {error}',
      remedy: '쿼리를 고치세요: {query}',
    },
    'queries/panel-empty': {
      what: '{panels}에 보일 것이 없습니다: {metric}이(가) 없습니다',
      remedy: '패널의 메트릭 이름을 고치거나 애플리케이션에서 기록하세요.',
    },
    'queries/not-recorded': {
      what: '{panels}에 보일 것이 없습니다: 읽힌 규칙 가운데 {metric}을(를) 기록하는 것이 없습니다',
      remedy:
        '대시보드와 함께 쓰는 규칙을 읽히세요: prometheus.yml의 rule_files에 그 파일을 넣고 다시 읽히세요.',
    },
    'queries/no-objectives': {
      what: '"{panel}" 등 패널 {count}개가 서비스 수준 목표를 보이지만, 읽힌 규칙에 목표가 없습니다',
      remedy:
        'objectives.yml을 쓰고 telltale rules --slo objectives.yml --out better_rules.yml을 실행해 그 파일을 rule_files에 넣고 다시 읽히세요.',
    },
  },
)
