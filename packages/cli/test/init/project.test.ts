import { afterEach, describe, expect, test } from 'vitest'
import { frameworkOf } from '../../src/init/framework.js'
import { lookAt } from '../../src/init/project.js'
import { ProjectFolder } from './project-folder.js'

const folders: ProjectFolder[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await folder.remove()
})

async function look(files: Readonly<Record<string, string | object>>) {
  const folder = await ProjectFolder.with(files)
  folders.push(folder)
  return lookAt(folder.path)
}

const manifest = {
  name: undefined,
  type: 'module',
  main: undefined,
  packageManager: undefined,
  scripts: {},
} as const

test.each([
  [{ express: '^4.22.0' }, 'Express 4', 'express'],
  [{ express: 'npm:express@^5.1.0' }, 'Express 5', 'express'],
  [{ express: '*' }, 'Express', 'express'],
  [{ fastify: '^5.0.0' }, 'Fastify 5', 'fastify'],
  [{ fastify: '4.x' }, 'Fastify 4', 'fastify'],
  [{ koa: '^3.0.0' }, 'Koa 3', 'koa'],
  [{ hono: '^4.8.0' }, 'Hono 4', 'hono'],
  [
    { '@nestjs/core': '^11.0.0', '@nestjs/platform-express': '^11.0.0', express: '^5.0.0' },
    'NestJS 11',
    'express',
  ],
  [{ '@nestjs/core': '^11.0.0', '@nestjs/platform-fastify': '^11.0.0' }, 'NestJS 11', 'fastify'],
  [{}, 'node:http', 'none'],
])('%j is %s, with routes by %s', (dependencies, title, routes) => {
  expect(frameworkOf({ ...manifest, dependencies })).toMatchObject({ title, routes })
})

describe('the file that an application starts with', () => {
  const text = 'x()\n'
  test.each([
    ['the script', { scripts: { start: 'node --enable-source-maps bin/www.js' } }, 'bin/www.js'],
    ['the script of a watcher', { scripts: { dev: 'nodemon -q lib.js' } }, 'lib.js'],
    ['main', { main: 'lib.js' }, 'lib.js'],
    ['main without its ending', { main: './lib' }, 'lib.js'],
    ['the source of what is compiled', { scripts: { start: 'node dist/main.js' } }, 'src/main.ts'],
    ['a usual name', {}, 'src/main.ts'],
    ['nothing outside of the project', { main: '../../etc/passwd' }, 'src/main.ts'],
  ])('is found by %s', async (_, fields, path) => {
    const files = { 'bin/www.js': text, 'lib.js': text, 'src/main.ts': text }
    expect((await look({ 'package.json': fields, ...files })).entry?.path).toBe(path)
  })

  test('is not guessed where nothing has such a name', async () => {
    expect((await look({ 'package.json': {}, 'lib.js': text })).entry).toBeUndefined()
  })
})

test.each([
  ['a module', { type: 'module' }, 'index.js', 'x()', 'import', 'source'],
  ['CommonJS', {}, 'index.js', "const x = require('x')", 'require', 'source'],
  ['JavaScript for a compiler', {}, 'index.js', "import x from 'x'", 'import', 'source'],
  ['.mjs', {}, 'index.mjs', 'x()', 'import', 'source'],
  ['.cjs in a module', { type: 'module' }, 'index.cjs', 'x()', 'require', 'source'],
  ['TypeScript as CommonJS', {}, 'index.ts', 'x()', 'import', 'none'],
  ['TypeScript as modules', { type: 'module' }, 'index.ts', 'x()', 'import', 'javascript'],
  [
    'TypeScript that Node.js runs',
    { scripts: { start: 'node index.ts' } },
    'index.ts',
    'x()',
    'import',
    'source',
  ],
])('%s is told by its files', async (_, fields, path, text, modules, ending) => {
  const { entry } = await look({ 'package.json': fields, [path]: text })
  expect(entry).toMatchObject({ path, modules, ending })
})

test.each([
  [{ scripts: { start: 'x', dev: 'y' } }, {}, 'npm run start'],
  [{ scripts: { dev: 'y' } }, { 'pnpm-lock.yaml': '' }, 'pnpm run dev'],
  [{ scripts: { serve: 'y' }, packageManager: 'yarn@4.1.0' }, {}, 'yarn run serve'],
  [{}, { 'server.js': '' }, 'node server.js'],
  [{}, {}, undefined],
])('%j starts with %j as %s', async (fields, files, start) => {
  expect((await look({ 'package.json': fields, ...files })).start).toBe(start)
})
