import { connect } from 'node:net'
import { ChildGroup, redisServer } from '@telltale/cli'
import { freePort } from '../../support/free-ports.js'
import { installed } from './installed.js'
import { testFolder } from './test-folder.js'

/** A Redis of a test's own on the loopback address, without persistence. It can be stopped and started again. */
export class TestRedis {
  /** As in REDIS_URL. */
  readonly url: string
  readonly port: number
  readonly #folder: Awaited<ReturnType<typeof testFolder>>
  #group = new ChildGroup()

  private constructor(port: number, folder: Awaited<ReturnType<typeof testFolder>>) {
    this.port = port
    this.url = `redis://127.0.0.1:${port}`
    this.#folder = folder
  }

  static async start(): Promise<TestRedis> {
    const server = new TestRedis(await freePort(), await testFolder('redis'))
    await server.resume()
    return server
  }

  /** Ends the server and every connection to it; what it held is lost. */
  async pause(): Promise<void> {
    await this.#group.stop()
  }

  /** Starts it again, on the same port. */
  async resume(): Promise<void> {
    const installation = await installed(redisServer)
    this.#group = new ChildGroup()
    const flags = {
      port: String(this.port),
      bind: '127.0.0.1',
      save: '',
      appendonly: 'no',
      dir: this.#folder.path,
    }
    await this.#group.start({
      name: 'Redis',
      command: installation.command('redis-server'),
      args: Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
      env: installation.environment(),
      ready: () => pongs(this.port),
    })
  }

  async stop(): Promise<void> {
    await this.#group.stop()
    await this.#folder.remove()
  }
}

function pongs(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(2_000, () => end(false))
    socket.once('error', () => end(false))
    socket.once('data', (data) => end(data.toString().startsWith('+PONG')))
  })
}
