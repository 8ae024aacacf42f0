// Draws each dashboard as an HTML page with what a Prometheus has, for those who want to see the layout without a
// Grafana: node scripts/draw-dashboards.mjs --prometheus http://localhost:9091 --out pictures
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { values: flags } = parseArgs({
  options: {
    prometheus: { type: 'string', default: 'http://localhost:9091' },
    folder: { type: 'string', default: 'deploy/grafana/dashboards' },
    out: { type: 'string', default: 'dashboard-pictures' },
    job: { type: 'string', default: 'nodejs-app' },
    minutes: { type: 'string', default: '10' },
  },
})

const WIDTH = 1440
const COLUMN = (WIDTH - 16) / 24
const LINE = 38
const POINTS = 120
const palette = [
  '#73bf69',
  '#f2cc0c',
  '#5794f2',
  '#ff780a',
  '#b877d9',
  '#8ab8ff',
  '#fade2a',
  '#ff7383',
  '#56a64b',
]
const colours = { green: '#73bf69', orange: '#ff9830', red: '#f2495c', blue: '#5794f2', text: '#ccccdc' }

const style = `body{margin:0;background:#111217;color:#ccccdc;font:12px Inter,NanumGothic,sans-serif}
h1{font-size:16px;margin:10px 14px}small{font-size:12px;margin-left:30px}small b{background:#22252b;padding:5px;margin-left:12px}
main{position:relative;width:${WIDTH}px}section,.row{position:absolute;box-sizing:border-box;overflow:hidden}
section{background:#181b1f;border:1px solid #2c3235;padding:6px 8px}h2{font-size:13px;font-weight:500;margin:0 0 4px;white-space:nowrap}
.row{font-size:14px;padding:6px}.none{text-align:center;color:#888}svg text{fill:#888;font-size:11px}
footer{white-space:nowrap;overflow:hidden}footer i{margin-right:12px;font-style:normal;font-size:11px}footer b{display:inline-block;width:12px;height:3px;margin-right:4px;vertical-align:middle}
.stat{display:flex;height:80%;align-items:center;justify-content:space-around}.stat i{display:block;font-style:normal;color:#ccccdc;font-size:12px}.stat span{font-weight:500}
.bar{margin:6px 0}.bar i{display:block;font-style:normal;font-size:11px}.bar b{display:inline-block;height:16px;background:#5794f2}
table{width:100%;border-collapse:collapse;font-size:11px}td,th{text-align:left;border-bottom:1px solid #2c3235;padding:3px}`

const end = Date.now() / 1000
const start = end - Number(flags.minutes) * 60
const step = Math.max(1, Math.round((end - start) / POINTS))

async function drawPanel(panel) {
  const { x, y, w, h } = panel.gridPos
  const place = `left:${x * COLUMN + 8}px;top:${y * LINE}px;width:${w * COLUMN - 8}px;height:${h * LINE - 8}px`
  if (panel.type === 'row') return `<div class="row" style="${place}">▾ ${panel.title}</div>`
  const series = (await Promise.all(panel.targets.map(read))).flat()
  const size = { width: w * COLUMN - 24, height: h * LINE - 44 }
  const nothing = panel.fieldConfig.defaults.noValue ?? 'No data'
  const draw = series.length === 0 ? () => `<p class="none">${nothing}</p>` : draws[panel.type]
  return `<section style="${place}"><h2>${panel.title}</h2>${draw(panel, series, size)}</section>`
}

async function read(target) {
  const query = target.expr
    .replaceAll('$__rate_interval', '1m')
    .replaceAll('$job', flags.job)
    .replaceAll(/\$\w+/g, '.+')
  const range = { query, start: String(start), end: String(end), step: String(step) }
  const [path, body] = target.instant ? ['query', { query, time: String(end) }] : ['query_range', range]
  const address = new URL(`/api/v1/${path}`, flags.prometheus)
  const answer = await (await fetch(address, { method: 'POST', body: new URLSearchParams(body) })).json()
  if (answer.status !== 'success') throw new Error(`${query}: ${answer.error}`)
  return answer.data.result.map(({ metric, values, value }) => ({
    refId: target.refId,
    name: target.legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, label) => metric[label] ?? ''),
    labels: metric,
    points: (values ?? [value])
      .map(([time, text]) => [time, Number(text)])
      .filter(([, number]) => Number.isFinite(number)),
  }))
}

const last = ({ points }) => points.at(-1)?.[1] ?? 0

function colourOf({ fieldConfig }, value) {
  const { color, thresholds, mappings } = fieldConfig.defaults
  const mapped = mappings[0]?.options[value]
  if (mapped) return colours[mapped.color]
  if (color.mode !== 'thresholds') return colours.text
  const step = thresholds.steps.filter((step) => step.value === null || value >= step.value).at(-1)
  return colours[step.color]
}

function override(panel, refId, id) {
  const own = panel.fieldConfig.overrides.find(({ matcher }) => matcher.options === refId)
  return own?.properties.find((property) => property.id === id)?.value
}

function text(value, unit, mappings = []) {
  if (mappings[0]?.options[value]) return mappings[0].options[value].text
  const short = (n) =>
    Math.abs(n) >= 1e6
      ? `${+(n / 1e6).toPrecision(3)} Mil`
      : Math.abs(n) >= 1000
        ? `${+(n / 1000).toPrecision(3)} K`
        : String(+n.toPrecision(3))
  if (unit === 'percentunit') return `${+(value * 100).toPrecision(3)}%`
  if (unit === 'percent') return `${+value.toPrecision(3)}%`
  if (unit === 's')
    return value < 1e-3 && value > 0
      ? `${+(value * 1e6).toPrecision(3)} µs`
      : value < 1
        ? `${+(value * 1e3).toPrecision(3)} ms`
        : value < 120
          ? `${+value.toPrecision(3)} s`
          : value < 86_400
            ? `${+(value / 60).toPrecision(3)} min`
            : `${+(value / 86_400).toPrecision(3)} days`
  if (unit === 'bytes')
    return Math.abs(value) >= 2 ** 30
      ? `${+(value / 2 ** 30).toPrecision(3)} GiB`
      : Math.abs(value) >= 2 ** 20
        ? `${+(value / 2 ** 20).toPrecision(3)} MiB`
        : `${+(value / 1024).toPrecision(3)} KiB`
  return short(value) + (unit === 'ops' ? ' ops/s' : unit === 'reqps' ? ' req/s' : '')
}

const draws = {
  timeseries: graph,
  stat(panel, series, size) {
    const { unit, mappings } = panel.fieldConfig.defaults
    const named = panel.options.textMode === 'value_and_name' || series.length > 1
    const cells = series.map((one) => {
      const colour = override(panel, one.refId, 'color') ? colours.text : colourOf(panel, last(one))
      const shown = text(last(one), override(panel, one.refId, 'unit') ?? unit, mappings)
      const fit = Math.min(
        size.height * (named ? 0.5 : 0.65),
        size.width / series.length / (shown.length * 0.62),
      )
      return `<div style="color:${colour}">${named ? `<i>${one.name}</i>` : ''}<span style="font-size:${fit}px">${shown}</span></div>`
    })
    return `<div class="stat">${cells.join('')}</div>`
  },
  bargauge(panel, series) {
    const most = Math.max(...series.map(last))
    const { unit } = panel.fieldConfig.defaults
    return series
      .map(
        (one) =>
          `<div class="bar"><i>${one.name}</i><b style="width:${(70 * last(one)) / most}%"></b> ${text(last(one), unit)}</div>`,
      )
      .join('')
  },
  table(panel, series) {
    const hidden = Object.keys(panel.transformations[0].options.excludeByName)
    const labels = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].filter(
      (l) => !hidden.includes(l),
    )
    const rows = series.map(
      (one) => `<tr>${labels.map((label) => `<td>${one.labels[label] ?? ''}</td>`).join('')}</tr>`,
    )
    return `<table><tr>${labels.map((label) => `<th>${label}</th>`).join('')}</tr>${rows.join('')}</table>`
  },
  'state-timeline'(panel, series, { width, height }) {
    const each = Math.min(40, height / series.length)
    const bars = series.map((one, i) => {
      const cells = one.points.map(([time, value]) =>
        rectangle(
          x(time, width, 140),
          i * each,
          ((width - 140) * step) / (end - start) + 0.5,
          each * 0.8,
          colourOf(panel, value),
        ),
      )
      return `<text x="0" y="${i * each + each / 2}">${one.name}</text>${cells.join('')}`
    })
    return `<svg width="${width}" height="${height}">${bars.join('')}</svg>`
  },
  heatmap(_, series, { width, height }) {
    const rows = series.toSorted((a, b) => Number(a.name) - Number(b.name))
    const each = (height - 16) / rows.length
    const cells = rows.flatMap((row, i) =>
      row.points.map(([time, value], at) => {
        const own = value - (rows[i - 1]?.points[at]?.[1] ?? 0)
        return rectangle(
          x(time, width, 50),
          (rows.length - 1 - i) * each,
          ((width - 50) * step) / (end - start),
          each - 1,
          `rgba(255,120,10,${Math.min(1, Math.sqrt(Math.max(0, own) / 10))})`,
        )
      }),
    )
    const names = rows.map(
      (row, i) => `<text x="0" y="${(rows.length - i - 0.3) * each}">${row.name} s</text>`,
    )
    return `<svg width="${width}" height="${height}">${cells.join('')}${names.join('')}</svg>`
  },
}

const x = (time, width, left) => left + ((time - start) / (end - start)) * (width - left)
const rectangle = (left, top, width, height, fill) =>
  `<rect x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${fill}"/>`

function graph(panel, series, size) {
  const { unit, custom, min, thresholds } = panel.fieldConfig.defaults
  const stacked = custom.stacking.mode === 'normal'
  const sums = new Map()
  const lines = series.map((one) => {
    const base = one.points.map(([time]) => (stacked ? (sums.get(time) ?? 0) : 0))
    const points = one.points.map(([time, value], i) => [time, value + base[i]])
    if (stacked) for (const [time, value] of points) sums.set(time, value)
    return { ...one, base, points }
  })
  const all = lines.flatMap(({ points }) => points.map(([, value]) => value))
  const top = Math.max(...all, custom.axisSoftMax ?? 1e-9)
  const bottom = min ?? Math.min(0, ...all)
  const [width, height] = [size.width, size.height - 22]
  const y = (value) => height - 16 - ((value - bottom) / (top - bottom)) * (height - 22)
  const axis = [0, 0.5, 1].map((share) => {
    const value = bottom + share * (top - bottom)
    return `<line x1="60" x2="${width}" y1="${y(value)}" y2="${y(value)}" stroke="#2c3235"/><text x="0" y="${y(value) + 4}">${text(value, unit)}</text>`
  })
  const limits =
    custom.thresholdsStyle.mode === 'off'
      ? []
      : thresholds.steps.filter(({ value }) => value !== null && value <= top && value >= bottom)
  const marks = limits.map(
    ({ value, color }) =>
      `<line x1="60" x2="${width}" y1="${y(value)}" y2="${y(value)}" stroke="${colours[color]}" stroke-dasharray="6 4"/>`,
  )
  const paths = lines.map(({ points, base, refId }, i) => {
    const stroke = override(panel, refId, 'color')
      ? colours[override(panel, refId, 'color').fixedColor]
      : palette[i % palette.length]
    const dash = override(panel, refId, 'custom.lineStyle') ? 'stroke-dasharray="8 6"' : ''
    const at = points.map(([time, value]) => `${x(time, width, 60).toFixed(1)},${y(value).toFixed(1)}`)
    const back = points
      .map(([time], j) => `${x(time, width, 60).toFixed(1)},${y(Math.max(bottom, base[j])).toFixed(1)}`)
      .reverse()
    const fill = (override(panel, refId, 'custom.fillOpacity') ?? custom.fillOpacity) / 100
    return `<polygon points="${[...at, ...back].join(' ')}" fill="${stroke}" opacity="${fill}"/><polyline points="${at.join(' ')}" fill="none" stroke="${stroke}" ${dash}/>`
  })
  const legend = lines.map(
    ({ name }, i) => `<i><b style="background:${palette[i % palette.length]}"></b>${name}</i>`,
  )
  return `<svg width="${width}" height="${height}">${axis.join('')}${paths.join('')}${marks.join('')}</svg><footer>${legend.join('')}</footer>`
}

await mkdir(flags.out, { recursive: true })
for (const name of (await readdir(flags.folder)).filter((file) => file.endsWith('.json'))) {
  const dashboard = JSON.parse(await readFile(join(flags.folder, name), 'utf8'))
  const panels = await Promise.all(dashboard.panels.map(drawPanel))
  const height = Math.max(...dashboard.panels.map(({ gridPos }) => gridPos.y + gridPos.h)) * LINE + 70
  const choices = dashboard.templating.list.map(({ label }) => `<b>${label}</b> All ▾`).join(' ')
  const page = `<!doctype html><meta charset="utf-8"><title>${dashboard.title}</title><style>${style}</style>
<h1>${dashboard.title} <small>${choices}</small></h1><main style="height:${height}px">${panels.join('\n')}</main>`
  await writeFile(join(flags.out, name.replace('.json', '.html')), page)
  console.log(join(flags.out, name.replace('.json', '.html')), height + 60)
}
