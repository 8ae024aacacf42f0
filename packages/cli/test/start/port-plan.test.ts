import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { planPorts } from '../../src/start/port-plan.js'
import { parseStart } from '../../src/start/start-options.js'

const servers: Server[] = []

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => once(server.close(), 'close')))
})

function planned(app: number, metrics: number) {
  const options = parseStart(['--app-port', String(app), '--metrics-port', String(metrics)], '/project')
  return planPorts({ ...options!, calledAs: 'telltale up' })
}

test('when both ports of the application are in use, one message has the way out for both', async () => {
  const [app, metrics] = [await takenPort(), await takenPort()]
  await expect(planned(app, metrics)).rejects.toMatchObject({
    code: 'TELLTALE_PORT_IN_USE',
    message: expect.stringMatching(
      new RegExp(
        `^port ${app} is needed for the application and port ${metrics} is needed for the metrics of the application ` +
          'and both are in use; stop what listens there, or choose other ports: ' +
          'telltale up --app-port \\d+ --metrics-port \\d+$',
      ),
    ),
  })
})
