/**
 * What there is once in a process, however often and in whichever form (ESM, CommonJS, bundles) the package is
 * loaded. A name carries the version of what it stands for: whoever asks for the same name gets the same type.
 */
export function processWide<T>(name: string, create: () => T): T {
  const global = globalThis as Record<symbol, unknown>
  const slot = Symbol.for(name)
  global[slot] ??= create()
  return global[slot] as T
}
