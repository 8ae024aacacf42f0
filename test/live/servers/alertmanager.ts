import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { alertmanagerServer, ChildGroup, startAlertmanagerServer, WebhookReceiver } from '@telltale/cli'
import { stringify } from 'yaml'
import { freePort } from '../../support/free-ports.js'
import { installed } from './installed.js'
import { testFolder } from './test-folder.js'

/** An Alertmanager of a test's own that sends every alert, one by one and at once, to `webhook`. */
export class TestAlertmanager {
  readonly url: string
  /** What it sends: `await alertmanager.webhook.alert((alert) => alert.status === 'resolved')`. */
  readonly webhook: WebhookReceiver
  readonly #group: ChildGroup
  readonly #folder: Awaited<ReturnType<typeof testFolder>>

  private constructor(
    url: string,
    webhook: WebhookReceiver,
    group: ChildGroup,
    folder: Awaited<ReturnType<typeof testFolder>>,
  ) {
    this.url = url
    this.webhook = webhook
    this.#group = group
    this.#folder = folder
  }

  static async start(): Promise<TestAlertmanager> {
    const installation = await installed(alertmanagerServer)
    const folder = await testFolder('alertmanager')
    const group = new ChildGroup()
    const webhook = await WebhookReceiver.start()
    const configFile = join(folder.path, 'alertmanager.yml')
    await writeFile(configFile, stringify(configuration(webhook.url), { version: '1.1' }))
    const { url } = await startAlertmanagerServer(group, installation, {
      port: await freePort(),
      configFile,
      dataFolder: join(folder.path, 'data'),
    })
    return new TestAlertmanager(url, webhook, group, folder)
  }

  async stop(): Promise<void> {
    await this.#group.stop()
    await this.webhook.stop()
    await this.#folder.remove()
  }
}

function configuration(webhook: string) {
  return {
    route: {
      receiver: 'test',
      group_by: ['...'],
      group_wait: '0s',
      group_interval: '1s',
      repeat_interval: '1h',
    },
    receivers: [{ name: 'test', webhook_configs: [{ url: webhook, send_resolved: true }] }],
  }
}
