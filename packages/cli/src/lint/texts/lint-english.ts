import type { Catalogue } from '../../finding/index.js'

export const lintEnglish = {
  'lint/unknown-kind': {
    what: 'got a file that is none of what lint reads: metrics, rules, dashboards, prometheus.yml, alertmanager.yml',
    remedy: 'Say what it is with --as, or leave it out.',
  },
  'lint/broken-json': {
    what: 'got JSON that cannot be read: {detail}',
    remedy: 'Correct the file there; --as says what it is meant to be.',
  },
  'lint/unreadable': {
    what: 'the file cannot be read: {detail}',
    remedy: 'Check the path and the permissions.',
  },
  'lint/unreachable': {
    what: 'the address could not be looked at: {detail}',
    remedy: 'Put that right, then run lint again.',
  },
  'lint/too-large': {
    what: 'the file has {size} MB, more than the {limit} MB that --max-size allows',
    remedy: 'Raise --max-size, or leave the file out.',
  },
} as const satisfies Catalogue
