import type { Catalogue } from '../../finding/index.js'

export const yamlEnglish = {
  'yaml/syntax': {
    what: 'got YAML that cannot be read: {detail}',
    remedy: 'Correct the line, most often its indentation, a quote or a colon.',
  },
  'yaml/duplicate-key': { what: 'got {key} twice in one mapping', remedy: 'Keep one of the two.' },
  'yaml/too-large': {
    what: 'got more than {limit} values, aliases counted each time they are used',
    remedy: 'Write the values out, or split the file.',
  },
  'yaml/empty': {
    what: 'got an empty file, expected {expected}',
    remedy: 'Write the configuration, or leave the file out.',
  },
  'yaml/unknown-field': {
    what: 'got the field {field}, which {server} {version} does not know here',
    remedy: '{remedy}',
  },
  'yaml/missing-field': { what: 'the field {field} is missing', remedy: 'Add {field}.' },
  'yaml/wrong-type': { what: '{field} is {got}, expected {expected}', remedy: 'Write it as {expected}.' },
  'yaml/bad-value': { what: '{field} is {got}, expected {expected}', remedy: 'Give {expected}.' },
  'yaml/too-new': {
    what: 'got the field {field}, which {server} {target} refuses: it is there from {since} on',
    remedy:
      'Remove it, or upgrade; if the server is newer, give its version as --target or --alertmanager-target.',
  },
  'yaml/removed-field': {
    what: 'got the field {field}, which {server} {target} does not know any more: it is gone since {until}',
    remedy: 'Remove it.',
  },
} as const satisfies Catalogue
