/** Where the shop says what happens to it: one line each. */
export interface Log {
  info(line: string): void
  warn(line: string): void
}

export const consoleLog: Log = {
  info: (line) => console.log(line),
  warn: (line) => console.warn(line),
}
