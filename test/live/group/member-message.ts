/** How a process of a group is started. */
export interface Settings {
  /** Derived when left out. */
  readonly name?: string
  readonly folders?: readonly string[]
  readonly memoryFolders?: readonly string[]
  readonly intervalSeconds?: number
  /** Where the leader serves. */
  readonly port: number
  /** Whether it measures its runtime. */
  readonly runtime?: boolean
}

/** What a process of a group is told. */
export type Command =
  | { readonly do: 'work'; readonly everyMs: number }
  | { readonly do: 'rest' }
  | { readonly do: 'count'; readonly times: number }
  | { readonly do: 'block'; readonly seconds: number }
  | { readonly do: 'exit' }

/** What a process of a group tells. */
export type Report =
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'serving'; readonly port: number }
  | { readonly kind: 'counted'; readonly counted: number; readonly at: number }
  | { readonly kind: 'blocking' }
