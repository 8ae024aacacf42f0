import type { Catalogue } from '../../finding/index.js'

export const lintEnglish = {
  'lint/unknown-kind': {
    what: 'got a file that is none of what lint reads: metrics, rules, dashboards, prometheus.yml, alertmanager.yml',
    remedy: 'Say what it is with --as, or leave it out.',
  },
  'lint/unreadable': {
    what: 'the file cannot be read: {detail}',
    remedy: 'Check the path and the permissions.',
  },
  'lint/not-text': { what: 'got bytes that are no UTF-8 text', remedy: 'Save the file as UTF-8.' },
} as const satisfies Catalogue
