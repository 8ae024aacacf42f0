import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expose } from '../../../src/exposition/expose.js'
import { Counter } from '../../../src/metrics/counter.js'
import { Registry } from '../../../src/registry/registry.js'
import type { ScrapeSource } from '../../../src/registry/scrape-source.js'
import type { ProcessGroupOptions } from '../../../src/serve/group/group-options.js'
import { ProcessGroup } from '../../../src/serve/group/process-group.js'

/** One source of a group, with what it counts. */
export interface TestMember {
  readonly group: ProcessGroup
  readonly registry: Registry
  readonly jobs: Counter<readonly ['kind']>
  readonly warnings: string[]
}

/** A group whose members are sources of this process, in a folder of its own. */
export class TestGroup implements AsyncDisposable {
  readonly folder: string
  readonly members: TestMember[] = []

  private constructor(folder: string) {
    this.folder = folder
  }

  static async open(): Promise<TestGroup> {
    return new TestGroup(await mkdtemp(join(tmpdir(), 'tt-group-')))
  }

  /** A member that has its role. */
  async join(options: Partial<ProcessGroupOptions> = {}): Promise<TestMember> {
    const member = this.begin(options)
    await roleOf(member.group)
    return member
  }

  /** A member that looks for its role. */
  begin(options: Partial<ProcessGroupOptions> = {}): TestMember {
    const registry = new Registry()
    const jobs = new Counter({ name: 'jobs_total', help: 'Jobs.', labels: ['kind'], registry })
    const warnings: string[] = []
    const group = ProcessGroup.join({
      name: 'test',
      source: registry,
      intervalSeconds: 0.05,
      folders: [join(this.folder, 'meeting')],
      warn: (message) => warnings.push(message),
      ...options,
    })
    const member = { group, registry, jobs, warnings }
    this.members.push(member)
    return member
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.members.map(({ group }) => group.stop()))
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** Resolves when the process knows whether it is to serve; with that. */
export function roleOf(group: ProcessGroup): Promise<boolean> {
  return new Promise((resolve) => {
    group.onLeadership(resolve)
  })
}

/** The value of a sample in a scrape, `undefined` when it is not there. */
export async function scraped(source: ScrapeSource, sample: string): Promise<number | undefined> {
  const { body } = await expose(source)
  const line = body.split('\n').find((text) => text.startsWith(`${sample} `))
  return line === undefined ? undefined : Number(line.slice(sample.length + 1))
}

/** Resolves when it holds, of which it is asked again and again. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5))
}
