/** What a test tells the primary of the cluster. */
export interface Command {
  readonly id: number
  readonly do: 'fork' | 'kill' | 'scrape' | 'own' | 'die' | 'count' | 'block' | 'exit'
  readonly worker?: number
  readonly amount?: number
}

/** What it hears when that is done. */
export interface Reply {
  readonly done?: number
  readonly worker?: number
  readonly text?: string
  readonly milliseconds?: number
}
