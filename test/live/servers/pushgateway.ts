import { ChildGroup, pushgatewayServer, statusOf } from '@telltale/cli'
import { freePort } from '../../support/free-ports.js'
import { installed } from './installed.js'

export interface PushgatewayFlags {
  /** Further command line flags. */
  readonly flags?: readonly string[]
}

/** A Pushgateway of a test's own on the loopback address and a free port, which keeps what it gets in memory. */
export class TestPushgateway {
  readonly url: string
  readonly #group: ChildGroup

  private constructor(url: string, group: ChildGroup) {
    this.url = url
    this.#group = group
  }

  static async start({ flags = [] }: PushgatewayFlags = {}): Promise<TestPushgateway> {
    const installation = await installed(pushgatewayServer)
    const address = `127.0.0.1:${await freePort()}`
    const url = `http://${address}`
    const group = new ChildGroup()
    await group.start({
      name: 'Pushgateway',
      command: installation.command('pushgateway'),
      args: [`--web.listen-address=${address}`, ...flags],
      env: installation.environment(),
      // 401 where it asks for a password.
      ready: async () => [200, 401].includes(await statusOf(`${url}/-/ready`)),
    })
    return new TestPushgateway(url, group)
  }

  async stop(): Promise<void> {
    await this.#group.stop()
  }
}
