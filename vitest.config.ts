import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { embeddedReaders } from './scripts/embedded-readers.mjs'
import { livePage } from './scripts/live-page.mjs'
import { threadProgram } from './scripts/thread-program.mjs'

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const resolve = {
  alias: [
    { find: /^telltale$/, replacement: source('packages/telltale/src/index.ts') },
    { find: /^telltale\/(monitoring|push)$/, replacement: source('packages/telltale/src/$1/index.ts') },
    { find: /^telltale\/testing$/, replacement: source('packages/telltale/src/testing/index.ts') },
    {
      find: /^telltale\/testing\/(vitest|jest)$/,
      replacement: source('packages/telltale/src/testing/$1.ts'),
    },
    {
      find: /^telltale\/prom-client$/,
      replacement: source('packages/telltale/src/prom-client/index.ts'),
    },
    { find: /^@telltale\/prom-client$/, replacement: source('packages/prom-client/src/index.ts') },
    { find: /^@telltale\/cli$/, replacement: source('packages/cli/src/index.ts') },
  ],
}

// One of each for all projects, so that the programs are made once.
const plugins = [threadProgram(), embeddedReaders(), livePage()]

export default defineConfig({
  test: {
    projects: [
      {
        plugins,
        resolve,
        test: {
          name: 'unit',
          include: ['packages/*/test/**/*.test.ts', 'examples/*/test/**/*.test.ts', 'test/unit/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      { plugins, resolve, test: { name: 'structure', include: ['test/structure/**/*.test.ts'] } },
      {
        plugins,
        resolve,
        test: { name: 'packaging', include: ['test/packaging/**/*.test.ts'], testTimeout: 120_000 },
      },
      {
        plugins,
        resolve,
        test: {
          name: 'live',
          include: ['test/live/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
