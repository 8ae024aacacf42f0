/** A started timer: hand it to `end` to end exactly this one. Means something only to the `Timers` it is from. */
export class TimerToken {
  readonly name: string
  /** Reading of the clock at the start, in seconds. */
  readonly startedAt: number

  constructor(name: string, startedAt: number) {
    this.name = name
    this.startedAt = startedAt
  }
}
