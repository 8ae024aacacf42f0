/** The share of one core that the process used between two readings. */
export class CpuShare {
  #usage: NodeJS.CpuUsage = { user: 0, system: 0 }
  #at = 0

  /** Percent of one core since the last reading, at first since the process started; above 100 when threads run beside. */
  percent(): number {
    const usage = process.cpuUsage(this.#usage)
    const milliseconds = performance.now() - this.#at
    this.#usage = process.cpuUsage()
    this.#at = performance.now()
    return milliseconds > 0 ? ((usage.user + usage.system) / 1000 / milliseconds) * 100 : 0
  }
}
