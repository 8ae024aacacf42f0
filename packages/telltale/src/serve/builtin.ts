import type cluster from 'node:cluster'
import type https from 'node:https'
import type inspector from 'node:inspector'

interface Builtins {
  readonly 'node:cluster': typeof cluster
  readonly 'node:https': typeof https
  readonly 'node:inspector': typeof inspector
}

/**
 * A module of Node.js that is loaded only where it is used, since it takes time. Not by `import()`, which Jest refuses
 * in CommonJS. Throws where this Node.js was built without the module.
 */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  // What Node.js gives under its own names is what its types say.
  const loaded = process.getBuiltinModule(name) as Builtins[Name] | undefined
  if (loaded === undefined) throw new Error(`this Node.js has no ${name}`)
  return loaded
}
