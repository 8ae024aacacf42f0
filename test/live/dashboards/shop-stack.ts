import { fileURLToPath } from 'node:url'
import { ChildGroup, nodeExporterServer, startNodeExporterServer } from '@telltale/cli'
import { durationText, objectiveRules, rulePack } from 'telltale/monitoring'
import { stringify } from 'yaml'
import { freePort, freePorts } from '../../support/free-ports.js'
import {
  installed,
  type PrometheusOptions,
  TestAlertmanager,
  TestPostgresql,
  TestPrometheus,
  TestRedis,
} from '../servers/index.js'
import { shopObjectives } from './shop-objectives.js'

const program = fileURLToPath(new URL('../../../examples/shop/dist/esm/main.js', import.meta.url))

/** The job under which the stack scrapes the shop. */
export const SHOP_JOB = 'nodejs-app'

/** The shop under traffic on real databases, and a Prometheus that scrapes it, itself, Alertmanager and the machine. */
export class ShopStack {
  readonly prometheus: TestPrometheus
  readonly #parts: readonly { stop(): Promise<void> }[]

  private constructor(prometheus: TestPrometheus, parts: readonly { stop(): Promise<void> }[]) {
    this.prometheus = prometheus
    this.#parts = parts
  }

  static async start(): Promise<ShopStack> {
    const [postgresql, redis, alertmanager] = await Promise.all([
      TestPostgresql.start(),
      TestRedis.start(),
      TestAlertmanager.start(),
    ])
    const children = new ChildGroup()
    const [shop, machine] = await Promise.all([
      startShop(children, postgresql.url, redis.url),
      startMachine(children),
    ])
    const options: PrometheusOptions = {
      jobs: [
        { name: SHOP_JOB, targets: [shop] },
        { name: 'node-exporter', targets: [machine] },
        { name: 'alertmanager', targets: [new URL(alertmanager.url).host] },
      ],
      rules: [
        rules(rulePack({ jobs: [SHOP_JOB] })),
        rules(objectiveRules(shopObjectives, { duration: atOnce })),
      ],
      alertmanager: alertmanager.url,
    }
    const prometheus = await TestPrometheus.start(options)
    const itself = { name: 'prometheus', targets: [new URL(prometheus.url).host] }
    await prometheus.reload({ ...options, jobs: [...options.jobs, itself] })
    await prometheus.api.targetUp(SHOP_JOB)
    return new ShopStack(prometheus, [prometheus, children, alertmanager, redis, postgresql])
  }

  async stop(): Promise<void> {
    for (const part of this.#parts) await part.stop()
  }
}

async function startShop(children: ChildGroup, database: string, redis: string): Promise<string> {
  const [port, metricsPort] = (await freePorts(2)) as [number, number]
  await children.start({
    name: 'shop',
    command: process.execPath,
    args: [program, '--traffic', '--rate', '20', '--error-rate', '0.1', '--slow-rate', '0.05', '--seed', '7'],
    env: {
      ...process.env,
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      NODE_ENV: 'development',
      DATABASE_URL: database,
      REDIS_URL: redis,
    },
    ready: async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok,
  })
  return `127.0.0.1:${metricsPort}`
}

async function startMachine(children: ChildGroup): Promise<string> {
  const installation = await installed(nodeExporterServer)
  const { url } = await startNodeExporterServer(children, installation, { port: await freePort() })
  return new URL(url).host
}

const rules = (file: object) =>
  stringify(file, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })

/** What waits for a minute or more, alerts and the rules about a whole period, does not keep a test waiting. */
const atOnce = (seconds: number, use: string) => durationText(use === 'for' ? 1 : seconds)
