import { renderGithub } from './github-report.js'
import { renderJson } from './json-report.js'
import { renderJunit } from './junit-report.js'
import type { Render } from './render.js'
import { renderSarif } from './sarif-report.js'
import { renderText } from './text-report.js'

/** Every output by its name after `--format`. */
export const reportFormats = {
  text: renderText,
  json: renderJson,
  junit: renderJunit,
  sarif: renderSarif,
  github: renderGithub,
} as const satisfies Readonly<Record<string, Render>>

export type ReportFormat = keyof typeof reportFormats
