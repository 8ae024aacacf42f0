import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../command-error.js'
import type { RunCommand } from '../command-run.js'
import { fileFaultOf } from '../file-fault.js'
import type { Terminal } from '../terminal.js'
import { MetricsSource } from '../top/metrics-source.js'
import { writeWholeFile } from '../whole-file.js'
import { planFleet } from './fleet-plan.js'
import { type InstanceShape, shapeOf } from './instance-shape.js'
import { type PlanOptions, parsePlan, planUsage } from './plan-options.js'
import { type PlannedFleet, planLines } from './plan-text.js'
import { planTexts } from './plan-texts.js'
import { type ConfigurationFile, shardConfigurations } from './shard-configuration.js'

/** `telltale plan`. */
export const run: RunCommand = async (args, terminal) => {
  const options = parsePlan(args)
  if (options === undefined) {
    terminal.line(planUsage)
    return 0
  }
  const planned = await plannedFrom(options)
  const files = configurationOf(options, planned)
  if (options.json) terminal.line(JSON.stringify({ ...planned, files }, null, 2))
  else for (const line of planLines(planned, terminal.colours, options.language)) terminal.line(line)
  if (options.write !== undefined) await write(files, options.write, options, terminal)
  return 0
}

async function plannedFrom({ source, fleet, mostBytes }: PlanOptions): Promise<PlannedFleet> {
  const metrics = MetricsSource.of(source, { mostBytes })
  const { exposition, bytes } = await metrics.read()
  if (exposition.families.length === 0) {
    throw new CommandError(
      'TELLTALE_ENDPOINT',
      `${metrics.name}: got no metric at all; give an instance that has some`,
    )
  }
  const shape = shapeOf(exposition, bytes)
  return { source: metrics.name, shape, fleet, plan: planFleet(shape, fleet) }
}

function configurationOf(
  options: PlanOptions,
  { shape, plan, source }: PlannedFleet,
): readonly ConfigurationFile[] {
  const { fleet, job } = options
  const url = URL.canParse(source) ? new URL(source) : undefined
  return shardConfigurations({
    shards: plan.shards.count,
    replicas: fleet.replicas,
    job,
    interval: fleet.interval,
    sampleLimit: sampleLimitFor(shape),
    path: url?.pathname ?? '/metrics',
    scheme: url?.protocol === 'https:' ? 'https' : 'http',
    targets: fleet.targets,
  })
}

/** Twice what is there now, rounded up: beyond it an instance is broken, and only it loses its scrape. */
function sampleLimitFor({ series }: InstanceShape): number {
  const step = 10 ** Math.max(2, Math.floor(Math.log10(series)))
  return Math.ceil((2 * series) / step) * step
}

async function write(
  files: readonly ConfigurationFile[],
  folder: string,
  { force, json, fleet, language }: PlanOptions,
  terminal: Terminal,
): Promise<void> {
  const taken = files.map(({ name }) => join(folder, name)).filter((path) => existsSync(path))
  if (taken.length > 0 && !force) {
    throw new CommandError(
      'TELLTALE_USAGE',
      `${taken[0]} is there already; choose another --write, or add --force`,
    )
  }
  for (const { name, text } of files) {
    await writeWholeFile(join(folder, name), text).catch((error: unknown) => {
      const why = fileFaultOf(error)
      throw new CommandError(
        'TELLTALE_DEPLOY',
        `${join(folder, name)} cannot be written: ${why}; choose another --write`,
      )
    })
  }
  if (json) return
  const texts = planTexts[language]
  terminal.line()
  for (const { name } of files) terminal.line(texts.wrote(join(folder, name)))
  if (fleet.targets.length === 0) terminal.line(texts.targetsIn(`${join(folder, 'targets')}/*.json`))
}
