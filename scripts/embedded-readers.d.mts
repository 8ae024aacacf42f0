export declare function embeddedReaders(): {
  name: string
  load(id: string): Promise<string | null>
}
export declare function embeddedNotices(): string
