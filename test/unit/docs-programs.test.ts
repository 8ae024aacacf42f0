import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePorts } from '../support/free-ports.js'
import { parseText } from '../support/text-parser.js'
import { type Outcome, ReadersProject } from './document-program.js'
import { allDocuments, type CodeBlock } from './markdown.js'

// The programs of the documentation, each as a reader would run it. `js run` runs to its end; `js serve /path` is
// started and asked for its paths. Each line of the `text output` block behind it, or behind the commands that ask,
// must appear; "…" is anything.

interface Program {
  readonly name: string
  readonly block: CodeBlock
  readonly output: readonly string[]
}

const programs = allDocuments().flatMap(({ path, blocks }) =>
  blocks.flatMap((block, i): Program[] => {
    if (block.language !== 'js') return []
    const next = blocks.slice(i + 1).find(({ language }) => language !== 'sh')
    const output = next?.marks[0] === 'output' ? next.text.trimEnd().split('\n') : []
    return [{ name: `${path}:${block.line}`, block, output }]
  }),
)
const marked = (mark: string | undefined) => programs.filter(({ block }) => block.marks[0] === mark)

let project: ReadersProject
const portsInText = ['3000', '9090', '9091']

beforeAll(async () => {
  project = await ReadersProject.create()
})

afterAll(() => project.remove())

async function onFreePorts(code: string): Promise<{ code: string; application: number; metrics: number }> {
  const ports = await freePorts(portsInText.length)
  const moved = code.replace(/\b(?:3000|9090|9091)\b/g, (port) => String(ports[portsInText.indexOf(port)]))
  return { code: moved, application: ports[0]!, metrics: ports[1]! }
}

function missingLines(expected: readonly string[], text: string): readonly string[] {
  const lines = text.split('\n')
  return expected.filter((line) => {
    const parts = line.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    const pattern = new RegExp(`^${parts.join('.*')}$`)
    return !lines.some((candidate) => pattern.test(candidate))
  })
}

/** Scrapes until every line is there: a request is recorded a moment after its answer arrived. */
async function scrapeWith(url: string, expected: readonly string[]): Promise<string> {
  const deadline = performance.now() + 5000
  for (;;) {
    const text = await (await fetch(url)).text()
    if (missingLines(expected, text).length === 0 || performance.now() > deadline) return text
  }
}

async function run(code: string): Promise<Outcome> {
  return (await project.start(code)).end()
}

describe('programs that run to their end', () => {
  test.each(marked('run').map((program) => [program.name, program] as const))('%s', async (_, program) => {
    const { code } = await onFreePorts(program.block.text)
    const { code: exit, stdout, stderr } = await run(code)
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(missingLines(program.output, stdout), stdout).toEqual([])
  })
})

describe('programs that serve', () => {
  test.each(marked('serve').map((program) => [program.name, program] as const))('%s', async (_, program) => {
    const { code, application, metrics } = await onFreePorts(program.block.text)
    const running = await project.start(code)
    try {
      await running.wrote('Metrics: ')
      for (const path of program.block.marks.slice(1)) {
        await (await fetch(`http://127.0.0.1:${application}${path}`)).text()
      }
      const scraped = await scrapeWith(`http://127.0.0.1:${metrics}/metrics`, program.output)
      expect(missingLines(program.output, scraped), scraped).toEqual([])
      expect(parseText(scraped).families.size).toBeGreaterThan(1)
    } finally {
      running.stop()
    }
    expect((await running.end()).stderr).toBe('')
  })
})

test('there are programs of both kinds, and each of those that serve says what it shows', () => {
  expect(marked('run').length).toBeGreaterThan(10)
  expect(marked('serve').length).toBeGreaterThan(5)
  expect(
    marked('serve').filter(({ output, block }) => output.length === 0 || block.marks.length < 2),
  ).toEqual([])
})

test.each(marked(undefined).map((program) => [program.name, program] as const))(
  '%s is a part of a program that can be read',
  async (_, program) => {
    const { stderr } = await run(
      `async function part() {\n${program.block.text.replace(/^import .*/gm, '')}\n}`,
    )
    expect(stderr).toBe('')
  },
)
