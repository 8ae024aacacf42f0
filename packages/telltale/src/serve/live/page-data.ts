import type { PageData } from './live-page.js'

/** The program and style in `monitoring/live/page` as one HTML. The build, and Vitest's configuration, put it here. */
export const pageData: PageData | undefined = undefined
