/** A plugin for rolldown and for Vite. */
export function threadProgram(): {
  name: string
  load(id: string): Promise<string | null>
}
