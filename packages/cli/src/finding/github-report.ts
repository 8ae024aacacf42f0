import type { Finding } from './finding.js'
import type { Render } from './render.js'
import { words } from './words.js'

/** Workflow commands, which GitHub shows beside the lines of a change. */
export const renderGithub: Render = ({ findings, missed }, { language }) =>
  [
    ...findings.map((finding) => annotation(finding, language)),
    ...missed.map(
      ({ name, why }) =>
        `::notice title=${property(words[language].missed)}::${data(`${name}: ${why[language]}`)}`,
    ),
  ].join('\n')

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const

function annotation({ id, severity, where, text, link }: Finding, language: 'en' | 'ko'): string {
  const { what, remedy } = text[language]
  const spot = where.kind === 'file' ? fileProperties(where.name, where.line, where.column) : ''
  const place = where.kind === 'file' ? '' : `${where.name}: `
  const within = where.within === undefined ? '' : `${where.within}: `
  const message = [`${place}${within}${what}`, remedy, ...(link === undefined ? [] : [link])].join('\n')
  return `::${commands[severity]} ${spot}title=${property(id)}::${data(message)}`
}

function fileProperties(file: string, line: number | undefined, column: number | undefined): string {
  const parts = [`file=${property(file)}`]
  if (line !== undefined) parts.push(`line=${line}`)
  if (line !== undefined && column !== undefined) parts.push(`col=${column}`)
  return `${parts.join(',')},`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
