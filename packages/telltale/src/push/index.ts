export { Pushgateway, type PushgatewayOptions } from './pushgateway.js'
