import type { Panel, Section } from './board.js'
import type { GrafanaGridPosition } from './classic-model.js'

/** The width of the window in units of the grid. */
const COLUMNS = 24

/** A panel, or with only a title the line that begins a section. */
export interface Placed {
  readonly id: number
  readonly gridPos: GrafanaGridPosition
  readonly content: Panel | { readonly title: NonNullable<Section['title']>; readonly visualisation: 'row' }
}

/** Sections below one another, each strip as wide as the window, each panel with a number. */
export function grid(sections: readonly Section[]): readonly Placed[] {
  const placed: Placed[] = []
  let y = 0
  const put = (content: Placed['content'], x: number, w: number, h: number) =>
    placed.push({ id: placed.length + 1, gridPos: { x, y, w, h }, content })
  for (const { title, strips } of sections) {
    if (title !== undefined) {
      put({ title, visualisation: 'row' }, 0, COLUMNS, 1)
      y += 1
    }
    for (const { height, panels } of strips) {
      panels.forEach((panel, index) => {
        const [from, to] = [index, index + 1].map((i) => Math.round((i * COLUMNS) / panels.length)) as [
          number,
          number,
        ]
        put(panel, from, to - from, height)
      })
      y += height
    }
  }
  return placed
}
