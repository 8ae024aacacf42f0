export { checkFiles, type MadeFile, madeBy, writeFiles } from './made-files.js'
export { type PackOptions, packFlags, packUsage, readPackOptions } from './pack-options.js'
