import { stringify } from 'yaml'

export interface ShardOptions {
  readonly shards: number
  readonly replicas: number
  readonly job: string
  /** Seconds. */
  readonly interval: number
  /** Samples that one scrape may have before it is refused. */
  readonly sampleLimit: number
  readonly path: string
  readonly scheme: 'http' | 'https'
  /** host:port of every instance; without them they are read from files. */
  readonly targets: readonly string[]
}

/** A file of configuration: its name and its text. */
export interface ConfigurationFile {
  readonly name: string
  readonly text: string
}

/** The configuration of each Prometheus: one for each shard and replica. Valid from Prometheus 2.42 on. */
export function shardConfigurations(options: ShardOptions): readonly ConfigurationFile[] {
  const files: ConfigurationFile[] = []
  for (let shard = 0; shard < options.shards; shard++) {
    for (let replica = 0; replica < options.replicas; replica++) {
      files.push({ name: nameOf(shard, replica, options), text: textOf(shard, replica, options) })
    }
  }
  return files
}

function nameOf(shard: number, replica: number, { shards, replicas }: ShardOptions): string {
  const parts = ['prometheus']
  if (shards > 1) parts.push(`shard-${shard}`)
  if (replicas > 1) parts.push(letter(replica))
  return `${parts.join('-')}.yml`
}

function textOf(shard: number, replica: number, options: ShardOptions): string {
  const { shards, replicas, job, interval, sampleLimit, path, scheme, targets } = options
  const labels = {
    ...(shards > 1 ? { shard: String(shard) } : {}),
    ...(replicas > 1 ? { replica: letter(replica) } : {}),
  }
  const configuration = {
    global: {
      scrape_interval: `${interval}s`,
      evaluation_interval: `${interval}s`,
      ...(Object.keys(labels).length === 0 ? {} : { external_labels: labels }),
    },
    scrape_configs: [
      {
        job_name: job,
        metrics_path: path,
        scheme,
        sample_limit: sampleLimit,
        ...(targets.length === 0
          ? { file_sd_configs: [{ files: ['targets/*.json'] }] }
          : { static_configs: [{ targets }] }),
        ...(shards > 1 ? { relabel_configs: keepShard(shard, shards) } : {}),
      },
    ],
  }
  const about =
    shards > 1
      ? `# Shard ${shard} of ${shards}: every server has the whole list of targets and keeps its own part of it.\n`
      : ''
  return about + stringify(configuration, { version: '1.1', lineWidth: 0 })
}

function keepShard(shard: number, shards: number) {
  return [
    { source_labels: ['__address__'], modulus: shards, target_label: '__tmp_shard', action: 'hashmod' },
    { source_labels: ['__tmp_shard'], regex: String(shard), action: 'keep' },
  ]
}

function letter(replica: number): string {
  return String.fromCharCode(97 + replica)
}
