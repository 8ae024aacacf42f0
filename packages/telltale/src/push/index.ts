export { Pushgateway, type PushgatewayOptions } from './pushgateway.js'
export { RemoteWriter } from './remote-write/remote-writer.js'
export type { RemoteWriterOptions } from './remote-write/write-options.js'
export type { WriteVersion } from './remote-write/write-request.js'
