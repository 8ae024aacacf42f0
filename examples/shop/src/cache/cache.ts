/** The kinds of keys there are; also the values of the label `key_pattern`. The `*` stands for an id. */
export type KeyPattern = 'user:*' | 'order:*'

/** Keeps texts for a while. It never throws: a cache that cannot be reached has nothing and keeps nothing. */
export interface Cache {
  get(pattern: KeyPattern, id: number): Promise<string | undefined>
  set(pattern: KeyPattern, id: number, value: string, seconds: number): Promise<void>
  delete(pattern: KeyPattern, id: number): Promise<void>
}

/** Where a cache keeps its texts. These throw when it cannot be reached. */
export interface CacheStore {
  /** The cache's name, as the label `cache_name`. */
  readonly name: 'memory' | 'redis'
  get(key: string): Promise<string | undefined>
  set(key: string, value: string, seconds: number): Promise<void>
  delete(key: string): Promise<void>
  sizeInBytes(): Promise<number>
  close(): Promise<void>
}
