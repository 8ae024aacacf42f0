import type { Panel } from './board.js'

const calculation = { calcs: ['lastNotNull'], fields: '', values: false } as const
const tooltip = { mode: 'multi', sort: 'desc' } as const

/** The options of the panel type. */
export function panelOptions(panel: Panel): Readonly<Record<string, unknown>> {
  switch (panel.visualisation) {
    case 'timeseries':
      return {
        legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
        tooltip,
      }
    case 'stat':
      return {
        colorMode: 'value',
        graphMode: 'none',
        justifyMode: 'auto',
        orientation: 'auto',
        textMode: panel.lines.length === 1 ? 'auto' : 'value_and_name',
        wideLayout: true,
        reduceOptions: calculation,
      }
    case 'gauge':
      return { showThresholdLabels: false, showThresholdMarkers: true, reduceOptions: calculation }
    case 'bars':
      return {
        displayMode: 'basic',
        orientation: 'horizontal',
        showUnfilled: true,
        minVizHeight: 16,
        minVizWidth: 8,
        valueMode: 'color',
        namePlacement: 'top',
        sizing: 'auto',
        reduceOptions: calculation,
      }
    case 'heatmap':
      return {
        calculate: false,
        yAxis: { unit: 's', axisPlacement: 'left' },
        rowsFrame: { layout: 'auto' },
        color: { mode: 'scheme', scheme: 'Oranges', steps: 64, exponent: 0.5, fill: 'dark-orange' },
        cellGap: 1,
        filterValues: { le: 1e-9 },
        exemplars: { color: 'rgba(255,0,255,0.7)' },
        legend: { show: true },
        tooltip: { mode: 'single', yHistogram: false },
      }
    case 'table':
      return { showHeader: true, cellHeight: 'sm', footer: { show: false, reducer: ['sum'], fields: '' } }
    case 'state-timeline':
      return {
        showValue: 'never',
        mergeValues: true,
        alignValue: 'left',
        rowHeight: 0.8,
        legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
        tooltip: { mode: 'single', sort: 'none' },
      }
  }
}
