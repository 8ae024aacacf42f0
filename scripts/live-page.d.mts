export declare function livePage(): {
  name: string
  load(id: string): Promise<string | null>
}
