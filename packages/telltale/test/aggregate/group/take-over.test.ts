import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GroupLedger } from '../../../src/aggregate/group/group-ledger.js'
import type { LedgerEvent } from '../../../src/aggregate/group/ledger-event.js'
import { shownByFamilies } from '../snapshots.js'
import { SimulatedProcess } from './simulated-process.js'

/** A copy of the ledger, and what was sent to it and has not arrived. */
interface Deputy {
  readonly ledger: GroupLedger
  readonly onTheWay: LedgerEvent[]
  /** Whether it has its copy. */
  isReady: boolean
}

/** A group of processes without sockets: what happens is in the order in which a test says so. */
class ModelGroup {
  readonly processes: SimulatedProcess[] = []
  takeOvers = 0
  /** What processes that ended had told. */
  #toldByEnded = 0
  #leader: SimulatedProcess
  #ledger = new GroupLedger()
  readonly #deputies = new Map<SimulatedProcess, Deputy>()
  /** Those that the present leader has not heard of. */
  readonly #away = new Set<SimulatedProcess>()
  readonly #toldBy = new Map<SimulatedProcess, number>()
  readonly #counted = new Map<SimulatedProcess, number>()
  #ids = 0
  #shown: ReadonlyMap<string, number> = new Map()

  constructor() {
    this.#leader = this.#start()
    for (let i = 0; i < 3; i++) this.#start()
  }

  count(at: number, amount: number): void {
    const process = this.#at(at)
    process.jobs.labels(amount % 2 === 0 ? 'even' : 'odd').inc(amount)
    this.#counted.set(process, (this.#counted.get(process) ?? 0) + amount)
  }

  /** A process begins to count again at zero, or takes a series out. */
  forget(at: number, isReset: boolean): void {
    const process = this.#at(at)
    // What comes in between two tellings is not seen, as between two scrapes of a process alone.
    this.send(at)
    if (isReset) process.registry.reset()
    else process.jobs.remove('odd')
    this.send(at)
    // What all have taken out is gone, and begins again like any new series.
    const now = shownByFamilies(this.#ledger.view())
    this.#shown = new Map([...this.#shown].filter(([sample]) => now.has(sample)))
  }

  send(at: number): void {
    const process = this.#at(at)
    if (this.#away.delete(process)) {
      process.reconnect()
      this.#enter(process)
    }
    for (const event of process.changes()) this.#record(event)
    this.#toldBy.set(process, this.#counted.get(process) ?? 0)
  }

  appoint(at: number): void {
    const process = this.#at(at)
    if (process === this.#leader || this.#away.has(process) || this.#deputies.has(process)) return
    this.#deputies.set(process, {
      ledger: new GroupLedger(),
      onTheWay: [...this.#ledger.events()].map((event) => structuredClone(event)),
      isReady: false,
    })
  }

  /** All that was sent to the deputies arrives. */
  copy(): void {
    for (const deputy of this.#deputies.values()) {
      arrive(deputy)
      deputy.isReady = true
    }
  }

  /** Some of the others answer, deputies confirm, and nothing that was shown may have fallen. */
  scrape(answering: number): void {
    for (let at = 0; at < this.processes.length; at++) if ((answering >> at) % 2 === 1) this.send(at)
    this.copy()
    if (this.#deputies.size === 0) return
    const now = shownByFamilies(this.#ledger.view())
    for (const [sample, value] of this.#shown) {
      if (now.has(sample)) expect(now.get(sample), sample).toBeGreaterThanOrEqual(value)
    }
    this.#shown = now
  }

  kill(at: number): void {
    const process = this.#at(at)
    if (process === this.#leader) {
      this.depose()
      return
    }
    this.#end(process)
    this.#record({ kind: 'departed', process: process.id })
    this.#record({ kind: 'ended', process: process.id })
    this.#deputies.delete(process)
    this.#start()
  }

  /** What the processes that are there and those that ended told. */
  get allTold(): number {
    return [...this.#toldBy.values()].reduce((sum, told) => sum + told, this.#toldByEnded)
  }

  get total(): number {
    return [...shownByFamilies(this.#ledger.view()).values()].reduce((sum, value) => sum + value, 0)
  }

  /** Kills the leader, where another one can take over. */
  depose(): void {
    const ready = [...this.#deputies].find(([, { isReady }]) => isReady)
    if (ready === undefined) return
    this.takeOvers++
    const [successor, deputy] = ready
    // What was sent to it is in its socket.
    arrive(deputy)
    const dead = this.#leader
    this.#end(dead)
    this.#leader = successor
    this.#ledger = deputy.ledger
    this.#deputies.clear()
    this.#record({ kind: 'departed', process: dead.id })
    this.#record({ kind: 'ended', process: dead.id })
    for (const process of this.processes) this.#away.add(process)
    this.#start()
    this.send(this.processes.indexOf(successor))
  }

  #start(): SimulatedProcess {
    const process = new SimulatedProcess(`${++this.#ids}-x`)
    this.processes.push(process)
    this.#enter(process)
    return process
  }

  #end(process: SimulatedProcess): void {
    this.#toldByEnded += this.#toldBy.get(process) ?? 0
    this.#toldBy.delete(process)
    this.#away.delete(process)
    this.processes.splice(this.processes.indexOf(process), 1)
  }

  #enter({ id }: SimulatedProcess): void {
    if (this.#ledger.has(id)) return
    this.#record({ kind: 'entered', process: id, worker: this.#ledger.nextWorker })
  }

  #record(event: LedgerEvent): void {
    this.#ledger.apply(event)
    for (const { onTheWay } of this.#deputies.values()) onTheWay.push(structuredClone(event))
  }

  #at(index: number): SimulatedProcess {
    return this.processes[index % this.processes.length]!
  }
}

function arrive({ ledger, onTheWay }: Deputy): void {
  for (const event of onTheWay.splice(0)) ledger.apply(event)
}

const at = fc.nat(7)
const amount = fc.integer({ min: 1, max: 1000 })

const steps = (withRemoval: boolean) =>
  fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.tuple(fc.constant('count' as const), at, amount) },
      { weight: 4, arbitrary: fc.tuple(fc.constant('send' as const), at, fc.constant(0)) },
      { weight: 3, arbitrary: fc.tuple(fc.constant('scrape' as const), fc.nat(255), fc.constant(0)) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('appoint' as const), at, fc.constant(0)) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('copy' as const), at, fc.constant(0)) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('kill' as const), at, fc.constant(0)) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('depose' as const), at, fc.constant(0)) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('forget' as const), at, fc.nat(withRemoval ? 1 : 0)) },
    ),
    { maxLength: 120, size: 'max' },
  )

type Step = readonly [
  'count' | 'send' | 'scrape' | 'appoint' | 'copy' | 'kill' | 'depose' | 'forget',
  number,
  number,
]

function run(all: readonly Step[]): ModelGroup {
  const group = new ModelGroup()
  for (const [what, first, second] of all) {
    if (what === 'count') group.count(first, second)
    else if (what === 'forget') group.forget(first, second === 0)
    else if (what === 'depose') group.depose()
    else if (what === 'copy') group.copy()
    else group[what](first)
  }
  return group
}

test('no count that was shown ever falls, whoever counts, resets, takes series out, blocks, dies or takes over', () => {
  let takeOvers = 0
  fc.assert(
    fc.property(steps(true), (all) => {
      takeOvers += run(all).takeOvers
    }),
    { numRuns: 400 },
  )
  expect(takeOvers).toBeGreaterThan(100)
})

test('all that was ever told to the group is in its total, once', () => {
  fc.assert(
    fc.property(steps(false), (all) => {
      const group = run(all)
      group.processes.forEach((_, i) => {
        group.send(i)
      })
      expect(group.total).toBe(group.allTold)
    }),
    { numRuns: 400 },
  )
})
